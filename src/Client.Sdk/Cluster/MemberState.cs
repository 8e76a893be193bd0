namespace TopicGrpc.Client.Cluster;

/// <summary>Whether a member of a cluster works.</summary>
public enum MemberState
{
    /// <summary>A state that this version of the client does not know.</summary>
    Unknown = 0,

    /// <summary>It does not listen yet.</summary>
    Starting = 1,

    /// <summary>It works.</summary>
    Alive = 2,

    /// <summary>It finishes its work and takes no more.</summary>
    Draining = 3,

    /// <summary>It was declared dead and can change nothing any more; its jobs run on other members.</summary>
    Dead = 4,
}
