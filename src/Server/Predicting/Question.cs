using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Predicting;

/// <summary>A text whose topic a version predicts, or an embedding instead of a text, and how to predict.</summary>
/// <param name="Text">The text; empty if <see cref="Embedding"/> is given.</param>
/// <param name="Method">How the topic is found.</param>
/// <param name="Priority">How the text is queued.</param>
internal sealed record Question(string Text, PredictionMethod Method, EmbeddingPriority Priority)
{
    /// <summary>Embedding instead of a text; empty for none.</summary>
    public IReadOnlyList<float> Embedding { get; init; } = [];

    /// <summary>Whether the answer contains the probabilities of all topics.</summary>
    public bool AllTopics { get; init; }

    /// <summary>Whether to ignore that the text is a document of the version.</summary>
    public bool AsNewText { get; init; }

    /// <summary>Field of the request that has the text, for messages.</summary>
    public string Field { get; init; } = "text";

    /// <summary>Deadline of the call; null for none.</summary>
    public CallDeadline? Deadline { get; init; }

    /// <summary>Returns the question to the model.</summary>
    public TopicQuestion ToModel() => new(
        ByCentroid: Method == PredictionMethod.Centroid,
        AllTopics,
        Embedding.Count > 0 ? null : TextFingerprint.Of(Text),
        AsNewText);
}
