namespace TopicGrpc.Client.Topics;

/// <summary>A topic of a layer.</summary>
public sealed record LayerTopic
{
    /// <summary>Number in the layer: 0 for the largest topic.</summary>
    public required int Id { get; init; }

    /// <summary>Uid: identity of the topic across versions, suitable for storage.</summary>
    public required string Uid { get; init; }

    /// <summary>Number of training documents.</summary>
    public required long Count { get; init; }

    /// <summary><c>id_word_word_word_word</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Words, best first.</summary>
    public IReadOnlyList<TopicWord> Words { get; init; } = [];

    /// <summary>Topic of the nearest coarser layer that contains this topic; null in the coarsest layer.</summary>
    public LayerTopicRef? Parent { get; init; }
}
