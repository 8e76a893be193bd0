namespace TopicGrpc.Engine.Documents;

/// <summary>One text to fit on.</summary>
/// <param name="Id">Id, unique in its corpus.</param>
/// <param name="Text">The text.</param>
/// <param name="Time">Time that the text is about; needed only for topics over time.</param>
/// <param name="Attributes">Free labels for statistics per class; null when there are none.</param>
public sealed record Document(
    string Id,
    string Text,
    DateTimeOffset? Time = null,
    IReadOnlyDictionary<string, string>? Attributes = null);
