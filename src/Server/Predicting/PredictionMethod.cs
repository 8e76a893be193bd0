namespace TopicGrpc.Server.Predicting;

/// <summary>How the topic of an embedding is found.</summary>
internal enum PredictionMethod
{
    /// <summary>By its position in layout and cluster tree.</summary>
    Density,

    /// <summary>By the nearest topic embedding.</summary>
    Centroid,
}
