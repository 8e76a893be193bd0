using System.Globalization;
using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Tests.Topics.Layering;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class LayersChartTests
{
    private static readonly TopicModel Model = new NestedCorpus().Fit();

    [Fact]
    public void Render_Model_DrawsEachTopicInsideItsParent()
    {
        var svg = XDocument.Parse(LayersChart.Render(Model));
        XNamespace ns = "http://www.w3.org/2000/svg";

        XElement[] bars = [.. svg.Descendants(ns + "g").Elements(ns + "rect")];

        TopicLayers layers = Model.Layers!;
        int drawn = layers.Coarser.Sum(layer => layer.Topics.Count)
            + layers.TopicParents.Count
            + layers.Finer.Where(layer => layer.Topics.Count <= 200).Sum(layer => layer.Topics.Count);
        Assert.Equal(drawn, bars.Length);
        double[] lefts = [.. bars.Select(bar => Value(bar, "x")).Distinct().Order()];
        double whole = bars.Where(bar => Value(bar, "x") == lefts[0]).Sum(bar => Value(bar, "height"));
        Assert.Equal(whole, bars.Where(bar => Value(bar, "x") == lefts[layers.Coarser.Count]).Sum(bar => Value(bar, "height")), 1.0);
    }

    [Fact]
    public void Render_Twice_GivesTheSameBytes() => Assert.Equal(LayersChart.Render(Model), LayersChart.Render(Model));

    [Fact]
    public void Render_WidthOutOfRange_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LayersChart.Render(Model, new LayersChartOptions { Width = 100 }));

    [Fact]
    public void Draw_Text_HasOneLinePerCoarserTopicAndTopic()
    {
        string text = LayerText.Draw(Model);

        int topics = Model.Layers!.Coarser.Sum(layer => layer.Topics.Count) + Model.Layers.TopicParents.Count;
        Assert.Equal(topics, text.Count(character => character == '\n'));
        Assert.All(Model.Topics.Where(topic => topic.Id >= 0), topic => Assert.Contains(topic.Name, text, StringComparison.Ordinal));
    }

    private static double Value(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
