namespace TopicGrpc.Server.Members;

/// <summary>One member of the cluster, as its row says.</summary>
/// <param name="Id">Id of the member.</param>
/// <param name="Epoch">Number of its lease; id and epoch together name one run of one member.</param>
internal sealed record Member(string Id, long Epoch)
{
    /// <summary>What it does.</summary>
    public MemberRole Role { get; init; } = MemberRole.All;

    /// <summary>Whether it works.</summary>
    public MemberState State { get; init; } = MemberState.Alive;

    /// <summary>Address for clients, such as <c>https://server-1:5400</c>; empty until it listens.</summary>
    public string Address { get; init; } = string.Empty;

    /// <summary>Address of its silo in the form of Orleans, such as <c>S10.0.0.7:5410:123</c>; empty: the silo does not run yet.</summary>
    public string SiloAddress { get; init; } = string.Empty;

    /// <summary>Version of its program.</summary>
    public required string Release { get; init; }

    /// <summary>When it acquired its lease, by the clock of the database.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it was last seen, by the clock of the database.</summary>
    public required DateTimeOffset Heartbeat { get; init; }

    /// <summary>Number of the last change that its copies of the metadata contain.</summary>
    public long Applied { get; init; }

    /// <summary>Whether it can still change something.</summary>
    public bool IsLive => State != MemberState.Dead;

    /// <summary>Whether it takes new jobs.</summary>
    public bool RunsJobs => Role == MemberRole.All && State == MemberState.Alive;

    /// <summary>Whether it takes texts of jobs of other members.</summary>
    public bool Embeds => Role != MemberRole.Serve && State == MemberState.Alive;
}
