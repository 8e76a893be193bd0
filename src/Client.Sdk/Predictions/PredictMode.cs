namespace TopicGrpc.Client.Predictions;

/// <summary>Prediction mode.</summary>
public enum PredictMode
{
    /// <summary>By density if the version supports it, otherwise by centroid.</summary>
    Automatic = 0,

    /// <summary>UMAP transforms the embedding, and HDBSCAN assigns a cluster.</summary>
    Density,

    /// <summary>The nearest centroid, including that of the outliers; probabilities are cosine similarities.</summary>
    Centroid,
}
