namespace TopicGrpc.Client.Corpora;

/// <summary>A document to fit on.</summary>
/// <param name="Id">Id, unique in the corpus, chosen by the caller.</param>
/// <param name="Text">Text; not empty.</param>
public sealed record TopicDocument(string Id, string Text)
{
    /// <summary>Time the document is about; needed only for topics over time. Null: none.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Free labels, for statistics by class.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
