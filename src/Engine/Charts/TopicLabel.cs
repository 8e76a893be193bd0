using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Names of topics as charts print them.</summary>
internal static class TopicLabel
{
    /// <summary><c>id_word_word_word</c>.</summary>
    public static string Short(Topic topic) =>
        string.Join('_', topic.Words.Take(3).Select(word => word.Term).Prepend(topic.Id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The short label if it has fewer than 30 characters, else its first 27 and three dots.</summary>
    public static string Tick(Topic topic)
    {
        string label = Short(topic);
        return label.Length < 30 ? label : SvgText.Cut(label, 27, "...");
    }

    /// <summary>The topic's own name if it has 40 characters or fewer, else its first 40 and three dots.</summary>
    public static string Legend(Topic topic) => SvgText.Cut(topic.CustomLabel ?? topic.Name, 40, "...");
}
