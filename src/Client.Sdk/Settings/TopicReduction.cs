using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Topic reduction; Python <c>nr_topics</c>.</summary>
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

    /// <summary>Automatic: merges similar topics; Python <c>"auto"</c>.</summary>
    public static TopicReduction Auto => new(0, isAutomatic: true);

    /// <summary>Number of topics including the outlier topic; 0 if not set.</summary>
    public int Count { get; }

    /// <summary>Whether similar topics are merged automatically.</summary>
    public bool IsAutomatic { get; }

    /// <summary>Creates a reduction to a number of topics.</summary>
    /// <param name="count">2 or more, including the outlier topic.</param>
    /// <returns>The reduction.</returns>
    public static TopicReduction To(int count) => new(count, isAutomatic: false);
}
