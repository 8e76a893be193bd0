namespace TopicGrpc.Server.Shadowing;

/// <summary>Two topics that were answered to one text.</summary>
/// <param name="Version">Number of the version that answered the call.</param>
/// <param name="Topic">What it answered.</param>
/// <param name="ShadowTopic">What the shadow version answered.</param>
internal sealed record TopicPair(long Version, AnsweredTopic Topic, AnsweredTopic ShadowTopic)
{
    /// <summary>Whether they are the same topic, whatever number each version gives it; outliers are the same as outliers alone.</summary>
    public bool Agree => Topic.Uid == ShadowTopic.Uid;
}
