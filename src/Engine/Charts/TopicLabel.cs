using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Names of topics in charts.</summary>
internal static class TopicLabel
{
    /// <summary>Returns <c>id_word_word_word</c>.</summary>
    public static string Short(Topic topic) =>
        string.Join('_', topic.Words.Take(3).Select(word => word.Term).Prepend(topic.Id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Returns the short label, cut to 27 characters and three dots if it has 30 or more characters.</summary>
    public static string Tick(Topic topic)
    {
        string label = Short(topic);
        return label.Length < 30 ? label : SvgText.Cut(label, 27, "...");
    }

    /// <summary>Returns the custom label or the name, cut to 40 characters and three dots if it is longer.</summary>
    public static string Legend(Topic topic) => SvgText.Cut(topic.CustomLabel ?? topic.Name, 40, "...");
}
