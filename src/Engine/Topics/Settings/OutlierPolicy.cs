namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Treatment of texts that belong to no topic. The policy of a version applies to its documents and to new texts alike.</summary>
public enum OutlierPolicy
{
    /// <summary>They stay outliers (topic −1), as in BERTopic.</summary>
    Keep,

    /// <summary>They get the topic with the nearest centroid if its cosine is large enough, else they stay outliers.</summary>
    Nearest,

    /// <summary>They get the topic with the nearest centroid.</summary>
    All,
}
