namespace TopicGrpc.Client.Corpora;

/// <summary>A named set of documents.</summary>
public sealed record CorpusInfo
{
    /// <summary>Its id.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Durable documents.</summary>
    public long DocumentCount { get; init; }

    /// <summary>UTF-8 bytes of their texts.</summary>
    public long TextBytes { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }
}
