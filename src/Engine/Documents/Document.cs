namespace TopicGrpc.Engine.Documents;

/// <summary>One document of a corpus.</summary>
/// <param name="Id">Identifier, unique within the corpus.</param>
/// <param name="Text">Text.</param>
/// <param name="Time">Timestamp; required only for topics over time.</param>
/// <param name="Attributes">Values by attribute name, such as classes for topics per class; null for none.</param>
public sealed record Document(
    string Id,
    string Text,
    DateTimeOffset? Time = null,
    IReadOnlyDictionary<string, string>? Attributes = null);
