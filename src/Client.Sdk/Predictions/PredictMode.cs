namespace TopicGrpc.Client.Predictions;

/// <summary>How the topic of a text is found.</summary>
public enum PredictMode
{
    /// <summary>By density where the version can, else by centroid.</summary>
    Automatic = 0,

    /// <summary>The text is placed in the layout and among the clusters.</summary>
    Density,

    /// <summary>The nearest mean vector of a topic, the outliers' among them; figures are cosines.</summary>
    Centroid,
}
