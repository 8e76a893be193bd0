namespace TopicGrpc.Client.Corpora;

/// <summary>Embeddings that clients give with the documents of a corpus, instead of the encoder of the server.</summary>
public sealed record GivenEmbeddings
{
    /// <summary>Numbers of an embedding, 1 to 4096. 0, the default: the first document sets it.</summary>
    public int Dimension { get; init; }

    /// <summary>
    /// Name of the encoder that makes them, at most 256 bytes of UTF-8. Versions with equal name and dimension may be merged and compared.
    /// Empty, the default: unknown.
    /// </summary>
    public string Encoder { get; init; } = "";
}
