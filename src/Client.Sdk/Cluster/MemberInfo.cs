namespace TopicGrpc.Client.Cluster;

/// <summary>One server of a cluster. Times are of the clock of the database.</summary>
public sealed record MemberInfo
{
    /// <summary>Id.</summary>
    public required string Name { get; init; }

    /// <summary>Number of its lease; higher after each start.</summary>
    public long Epoch { get; init; }

    /// <summary>What it does.</summary>
    public MemberRole Role { get; init; }

    /// <summary>Whether it works.</summary>
    public MemberState State { get; init; }

    /// <summary>Address for clients; empty while the member starts.</summary>
    public string Address { get; init; } = "";

    /// <summary>Address of its silo; empty: it has none, or the silo does not run yet.</summary>
    public string SiloAddress { get; init; } = "";

    /// <summary>Version of its program.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>When it started.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it was last seen.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>Number of the last change of the metadata that it has read.</summary>
    public long AppliedChange { get; init; }
}
