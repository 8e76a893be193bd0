namespace TopicGrpc.Engine.Neighbors;

/// <summary>How far apart two vectors are.</summary>
public enum DistanceMetric
{
    /// <summary>One minus the cosine of the angle; in [0, 2].</summary>
    Cosine,

    /// <summary>Straight-line distance.</summary>
    Euclidean,
}
