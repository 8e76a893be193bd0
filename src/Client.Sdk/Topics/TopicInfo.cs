namespace TopicGrpc.Client.Topics;

/// <summary>One topic of a version.</summary>
public sealed record TopicInfo
{
    /// <summary>Topic number: −1 for the outliers, 0 for the largest topic, 1 for the next.</summary>
    public required int Id { get; init; }

    /// <summary>Uid: identity of the topic across versions, suitable for storage. Empty for outliers.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Number of training documents.</summary>
    public required long Count { get; init; }

    /// <summary><c>id_word_word_word_word</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Custom label; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Words, best first.</summary>
    public IReadOnlyList<TopicWord> Words { get; init; } = [];

    /// <summary>Representative documents, best first.</summary>
    public IReadOnlyList<RepresentativeDocument> RepresentativeDocuments { get; init; } = [];

    /// <summary>Words by aspect, best first; empty if the version has no aspects.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicWord>> Aspects { get; init; } =
        new Dictionary<string, IReadOnlyList<TopicWord>>();
}
