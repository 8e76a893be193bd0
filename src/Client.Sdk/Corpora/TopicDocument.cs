namespace TopicGrpc.Client.Corpora;

/// <summary>A document of a corpus.</summary>
/// <param name="Id">Id, unique in the corpus.</param>
/// <param name="Text">Text; not empty.</param>
public sealed record TopicDocument(string Id, string Text)
{
    /// <summary>Time of the document, for topics over time; null for none.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Attributes by name, for topics per class.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Embedding of the text by an encoder of the client: one finite number per dimension, not all zero; the server scales it to length 1.
    /// Empty, the default: the server embeds the text. All documents of a corpus have one, or none has.
    /// </summary>
    public ReadOnlyMemory<float> Embedding { get; init; }
}
