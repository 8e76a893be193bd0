namespace TopicGrpc.Load.Hosting;

/// <summary>What a server process says of itself.</summary>
internal sealed record ServerState
{
    /// <summary>Memory of the process that is in RAM, mapped files included.</summary>
    public double ResidentMegabytes { get; init; }

    /// <summary>Managed objects; after a full collection where one was asked for.</summary>
    public double HeapMegabytes { get; init; }

    /// <summary>Calls that hold a version, by the server's gauge.</summary>
    public long Leases { get; init; }

    /// <summary>Estimated tokens of the texts that wait, by the server's gauge.</summary>
    public long QueuedTokens { get; init; }

    /// <summary>Answered calls, by the server's histogram.</summary>
    public long Answered { get; init; }

    /// <summary>Versions loaded from disk, by the server's histogram.</summary>
    public long Loads { get; init; }

    /// <summary>Tokens embedded for callers that went away meanwhile, by the server's counter.</summary>
    public long WastedTokens { get; init; }

    /// <summary>Runs of the encoder.</summary>
    public long Inferences { get; init; }

    /// <summary>Runs of the encoder for calls that were cancelled or expired before it began.</summary>
    public long LateInferences { get; init; }

    /// <summary>Runs of the encoder whose call was cancelled or expired when it ended.</summary>
    public long InferencesForNobody { get; init; }

    /// <summary>Collections of all generations so far.</summary>
    public int FullCollections { get; init; }
}
