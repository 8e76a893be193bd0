namespace TopicGrpc.Client.Corpora;

/// <summary>Documents by time and attributes. A document matches if it meets all conditions that are given; at least one must be.</summary>
public sealed record DocumentFilter
{
    /// <summary>Documents with a time at or after this one; null: no condition.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Documents with a time before this one; null: no condition.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Documents that have all these attributes with these values.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
