namespace TopicGrpc.Client.Models;

/// <summary>A topic in a comparison.</summary>
public sealed record ComparedTopic
{
    /// <summary>Its number in its version.</summary>
    public required int Id { get; init; }

    /// <summary>Id that lives through refits.</summary>
    public required string Uid { get; init; }

    /// <summary><c>id_word_word_word_word</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name given by a person; empty where there is none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Training documents in it.</summary>
    public required long Count { get; init; }
}
