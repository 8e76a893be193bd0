namespace TopicGrpc.Client.Settings;

/// <summary>Names of the outlier policies: treatment of texts that belong to no topic.</summary>
public static class OutlierPolicies
{
    /// <summary>They stay outliers, as in BERTopic; the default.</summary>
    public const string Keep = "keep";

    /// <summary>They get the topic with the nearest mean vector if the cosine similarity is large enough.</summary>
    public const string Nearest = "nearest";

    /// <summary>They get the topic with the nearest mean vector.</summary>
    public const string All = "all";
}
