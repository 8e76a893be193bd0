namespace TopicGrpc.Server.Shadowing;

/// <summary>Topics that two versions predicted for one text.</summary>
/// <param name="Version">Number of the version that answered the call.</param>
/// <param name="Topic">Topic of the answer.</param>
/// <param name="ShadowTopic">Topic of the shadow version.</param>
internal sealed record TopicPair(long Version, AnsweredTopic Topic, AnsweredTopic ShadowTopic)
{
    /// <summary>Whether both are the same topic by uid, regardless of their numbers. Outliers equal outliers only.</summary>
    public bool Agree => Topic.Uid == ShadowTopic.Uid;
}
