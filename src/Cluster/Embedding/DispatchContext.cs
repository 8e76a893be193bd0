using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>What a run of <see cref="ChunkDispatch"/> uses.</summary>
internal sealed record DispatchContext
{
    /// <summary>The members.</summary>
    public required IEmbeddingWorkers Workers { get; init; }

    /// <summary>Durable record of suspects.</summary>
    public required ISuspectLog SuspectLog { get; init; }

    /// <summary>Fingerprint of the encoder.</summary>
    public required string Encoder { get; init; }

    /// <summary>Returns the key of a result by corpus and name of the chunk.</summary>
    public required Func<string, string, string> ResultKey { get; init; }

    /// <summary>Limits.</summary>
    public required ClusterEmbeddingOptions Options { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Log.</summary>
    public required ILogger Logger { get; init; }
}
