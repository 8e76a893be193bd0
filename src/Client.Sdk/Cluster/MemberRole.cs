namespace TopicGrpc.Client.Cluster;

/// <summary>What a member of a cluster does.</summary>
public enum MemberRole
{
    /// <summary>A role that this version of the client does not know.</summary>
    Unknown = 0,

    /// <summary>Answers calls, runs jobs, and embeds texts for jobs of other members.</summary>
    All = 1,

    /// <summary>Answers calls only.</summary>
    Serve = 2,

    /// <summary>Embeds texts for jobs of other members.</summary>
    Embed = 3,
}
