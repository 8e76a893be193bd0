namespace TopicGrpc.Cluster.Embedding;

/// <summary>A chunk of a run and what has happened to it.</summary>
/// <param name="chunk">The chunk.</param>
/// <param name="isSuspect">Whether its one text may end the process that embeds it.</param>
internal sealed class PlannedChunk(EmbeddingChunk chunk, bool isSuspect)
{
    public EmbeddingChunk Chunk => chunk;

    public bool IsSuspect => isSuspect;

    /// <summary>Attempts in flight: one, or two if the first is late.</summary>
    public List<ChunkAttempt> Attempts { get; } = [];

    /// <summary>Processes that ended or hung while they embedded the text alone.</summary>
    public int Deaths { get; set; }

    /// <summary>Exceptions of encoders.</summary>
    public int Failures { get; set; }

    /// <summary>Member that had the chunk last, which gets it again only if there is no other.</summary>
    public string LastWorker { get; set; } = string.Empty;

    /// <summary>Attempt whose member does not answer and was not declared dead; the text waits for the verdict.</summary>
    public ChunkAttempt? Unresolved { get; set; }

    /// <summary>When the member stopped answering, in ticks of the clock.</summary>
    public long UnresolvedSince { get; set; }
}
