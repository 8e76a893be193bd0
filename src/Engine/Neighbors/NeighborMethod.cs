namespace TopicGrpc.Engine.Neighbors;

/// <summary>How neighbors are searched.</summary>
public enum NeighborMethod
{
    /// <summary>All pairs while that is faster, else descent.</summary>
    Automatic,

    /// <summary>All pairs: no neighbor is missed; time grows with the square of the number of rows.</summary>
    Exact,

    /// <summary>Nearest-neighbor descent: a few neighbors in a thousand are missed; time grows little more than with the number of rows.</summary>
    Descent,
}
