namespace TopicGrpc.Client.Maps;

/// <summary>A document on a map.</summary>
public sealed record MapDocument
{
    /// <summary>Row.</summary>
    public required int Row { get; init; }

    /// <summary>Id in the corpus.</summary>
    public required string DocumentId { get; init; }

    /// <summary>Text, cut to the requested length.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the text was cut.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Topic; −1 for an outlier.</summary>
    public required int TopicId { get; init; }

    /// <summary>Membership strength, 0 to 1.</summary>
    public double Probability { get; init; }

    /// <summary>Time; null without one.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Attributes.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
