namespace TopicGrpc.Tables.Documents;

/// <summary>A document read from a row.</summary>
/// <param name="Row">Number of the row, from 1.</param>
/// <param name="Id">Value of the id column, otherwise the number of the row.</param>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Time">The time; null without one.</param>
/// <param name="Attributes">The attributes that have a value.</param>
/// <param name="Embedding">The embedding, finite; null without one.</param>
internal sealed record TableDocument(
    long Row,
    string Id,
    string Text,
    DateTimeOffset? Time,
    IReadOnlyDictionary<string, string> Attributes,
    float[]? Embedding);
