namespace TopicGrpc.Server.Corpora;

/// <summary>A corpus as stored in the database.</summary>
/// <param name="Id">Id of the corpus, the last part of its name.</param>
/// <param name="DisplayName">Human-readable name.</param>
/// <param name="Created">When it was created.</param>
/// <param name="RequestId">Id of the request that created the corpus; may be empty.</param>
internal sealed record CorpusRow(string Id, string DisplayName, DateTimeOffset Created, string RequestId)
{
    /// <summary>Age at which documents are erased; zero: never.</summary>
    public TimeSpan Retention { get; init; }

    /// <summary>What was set about given embeddings at the creation; null for nothing.</summary>
    public DeclaredEmbeddings? Given { get; init; }
}
