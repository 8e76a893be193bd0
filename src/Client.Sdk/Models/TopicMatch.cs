namespace TopicGrpc.Client.Models;

/// <summary>Two topics that belong together, or a topic alone.</summary>
public sealed record TopicMatch
{
    /// <summary>What became of it.</summary>
    public required TopicChange Change { get; init; }

    /// <summary>Topic of the older version; null where it was added.</summary>
    public ComparedTopic? Before { get; init; }

    /// <summary>Topic of the newer version; null where it was removed.</summary>
    public ComparedTopic? After { get; init; }

    /// <summary>Cosine of their mean vectors, −1 to 1; null for a topic alone.</summary>
    public double? CentroidSimilarity { get; init; }

    /// <summary>Cosine of their word weights, 0 to 1; null for a topic alone, or where a version holds no word weights.</summary>
    public double? TermSimilarity { get; init; }

    /// <summary>Documents in both topics over those in either, counted among the documents that both versions were fitted on; 0 to 1.</summary>
    public double DocumentOverlap { get; init; }

    /// <summary>Documents in both topics.</summary>
    public long SharedDocumentCount { get; init; }
}
