using System.Globalization;
using System.Xml.Linq;

namespace TopicGrpc.Engine.Tests.Charts;

/// <summary>Parses an SVG image, which proves that it is well-formed.</summary>
internal sealed class Svg(string text)
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    public XElement Root { get; } = XDocument.Parse(text).Root!;

    public IEnumerable<XElement> All(string element) => Root.Descendants(Space + element);

    public IEnumerable<string> Texts =>
        All("text").Select(element => string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)));

    public IEnumerable<string> Titles => All("title").Select(element => element.Value);

    public static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
