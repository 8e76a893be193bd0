namespace TopicGrpc.Server.Members;

/// <summary>State of a member. A member that stopped in order is no longer in the list.</summary>
internal enum MemberState
{
    /// <summary>It has its lease, but does not listen yet.</summary>
    Starting,

    /// <summary>It works.</summary>
    Alive,

    /// <summary>It finishes running work and takes no more.</summary>
    Draining,

    /// <summary>Its lease expired, and another member has declared it dead: it can change nothing any more.</summary>
    Dead,
}
