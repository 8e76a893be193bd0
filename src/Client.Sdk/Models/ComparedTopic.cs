namespace TopicGrpc.Client.Models;

/// <summary>A topic of a comparison.</summary>
public sealed record ComparedTopic
{
    /// <summary>Number of the topic in its version.</summary>
    public required int Id { get; init; }

    /// <summary>Uid: identity of the topic across versions.</summary>
    public required string Uid { get; init; }

    /// <summary><c>id_word_word_word_word</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Custom label; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Number of training documents.</summary>
    public required long Count { get; init; }
}
