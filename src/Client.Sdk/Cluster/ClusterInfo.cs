namespace TopicGrpc.Client.Cluster;

/// <summary>The servers that share the data, by state.</summary>
public sealed record ClusterInfo
{
    /// <summary>Whether other servers may share the data. Otherwise the server is its only member.</summary>
    public bool IsCluster { get; init; }

    /// <summary>Id of the member that answered.</summary>
    public required string Member { get; init; }

    /// <summary>Members that do not listen yet.</summary>
    public int StartingCount { get; init; }

    /// <summary>Members that work.</summary>
    public int AliveCount { get; init; }

    /// <summary>Members that take no more work.</summary>
    public int DrainingCount { get; init; }

    /// <summary>Members that were declared dead within the last day.</summary>
    public int DeadCount { get; init; }

    /// <summary>Versions of the programs of all members that are not dead; more than one during a rolling upgrade.</summary>
    public IReadOnlyList<string> ServerVersions { get; init; } = [];
}
