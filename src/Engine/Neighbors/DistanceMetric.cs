namespace TopicGrpc.Engine.Neighbors;

/// <summary>Distance between two vectors.</summary>
public enum DistanceMetric
{
    /// <summary>1 − cosine similarity, in [0, 2]. Two zero vectors have distance 0; a zero vector and any other have distance 1.</summary>
    Cosine,

    /// <summary>Euclidean distance, 0 or more.</summary>
    Euclidean,
}
