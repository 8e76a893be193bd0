using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>How many topics a fit is reduced to; Python <c>nr_topics</c>.</summary>
[JsonConverter(typeof(TopicReductionConverter))]
public readonly record struct TopicReduction
{
    private TopicReduction(int count, bool isAutomatic)
    {
        Count = count;
        IsAutomatic = isAutomatic;
    }

    /// <summary>No reduction.</summary>
    public static TopicReduction None => default;

    /// <summary>Merge topics that are alike, however many remain; Python <c>"auto"</c>.</summary>
    public static TopicReduction Auto => new(0, isAutomatic: true);

    /// <summary>Topics, the outlier topic counted when there is one; 0 when there is no number.</summary>
    public int Count { get; }

    /// <summary>Whether topics that are alike are merged.</summary>
    public bool IsAutomatic { get; }

    /// <summary>A number of topics.</summary>
    /// <param name="count">2 or more, the outlier topic counted.</param>
    /// <returns>The reduction.</returns>
    public static TopicReduction To(int count) => new(count, isAutomatic: false);
}
