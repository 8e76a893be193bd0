namespace TopicGrpc.Server.Members;

/// <summary>What a member of a cluster does. The numbers are stored.</summary>
internal enum MemberRole
{
    /// <summary>Answers calls, runs jobs, and embeds texts for the jobs of other members.</summary>
    All = 1,

    /// <summary>Answers calls; runs no jobs and embeds no texts of jobs.</summary>
    Serve = 2,

    /// <summary>
    /// Embeds texts for the jobs of other members; runs no jobs. It answers calls, but no load balancer should select it.
    /// </summary>
    Embed = 3,
}
