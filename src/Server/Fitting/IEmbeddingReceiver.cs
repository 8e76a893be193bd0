namespace TopicGrpc.Server.Fitting;

/// <summary>Receives the embeddings of an <see cref="EmbeddingWork"/>. Thread-safe.</summary>
internal interface IEmbeddingReceiver
{
    /// <summary>Takes one embedding over.</summary>
    /// <param name="text">Index of the text in the work.</param>
    /// <param name="embedded">Its embedding.</param>
    void Add(int text, EmbeddedText embedded);

    /// <summary>Writes the embeddings received so far to the cache, from which a later run reads them.</summary>
    void Flush();
}
