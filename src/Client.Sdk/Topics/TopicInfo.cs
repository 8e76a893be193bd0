namespace TopicGrpc.Client.Topics;

/// <summary>One topic of a version.</summary>
public sealed record TopicInfo
{
    /// <summary>−1 for outliers, else 0 for the largest, 1 for the next.</summary>
    public required int Id { get; init; }

    /// <summary>Id to store: it lives through operations, and through refits where the topic is clearly the same. Empty for outliers.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Training documents in it.</summary>
    public required long Count { get; init; }

    /// <summary><c>id_word_word_word_word</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name given by a person; empty where there is none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Its words, best first.</summary>
    public IReadOnlyList<TopicWord> Words { get; init; } = [];

    /// <summary>Its most typical training documents, best first.</summary>
    public IReadOnlyList<RepresentativeDocument> RepresentativeDocuments { get; init; } = [];

    /// <summary>Other words for it by name of the aspect, best first; empty where the version has none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicWord>> Aspects { get; init; } = new Dictionary<string, IReadOnlyList<TopicWord>>();
}
