namespace TopicGrpc.Load.Hosting;

/// <summary>State of a server process.</summary>
internal sealed record ServerState
{
    /// <summary>Resident memory, including mapped files, in megabytes (10⁶ bytes).</summary>
    public double ResidentMegabytes { get; init; }

    /// <summary>Managed heap; after a full collection if requested.</summary>
    public double HeapMegabytes { get; init; }

    /// <summary>Processor time of the process, in seconds.</summary>
    public double ProcessorSeconds { get; init; }

    /// <summary>Active leases, from the server's gauge.</summary>
    public long Leases { get; init; }

    /// <summary>Estimated tokens of queued texts, from the server's gauge.</summary>
    public long QueuedTokens { get; init; }

    /// <summary>Answered calls, from the server's histogram.</summary>
    public long Answered { get; init; }

    /// <summary>Versions loaded from disk, from the server's histogram.</summary>
    public long Loads { get; init; }

    /// <summary>Tokens embedded for calls that ended before their embedding, from the server's counter.</summary>
    public long WastedTokens { get; init; }

    /// <summary>Number of inferences.</summary>
    public long Inferences { get; init; }

    /// <summary>Inferences that started after their call was canceled or expired.</summary>
    public long LateInferences { get; init; }

    /// <summary>Inferences whose call was canceled or expired when they ended.</summary>
    public long AbandonedInferences { get; init; }

    /// <summary>Number of full garbage collections (generation 2).</summary>
    public int FullCollections { get; init; }
}
