namespace TopicGrpc.Engine.Neighbors;

/// <summary>Algorithm of the neighbor search.</summary>
public enum NeighborMethod
{
    /// <summary>Exact up to <see cref="NeighborSearch.LargestExact"/> rows, descent above.</summary>
    Automatic,

    /// <summary>All pairs, O(n²) time; finds every neighbor.</summary>
    Exact,

    /// <summary>Nearest-neighbor descent (Dong, Moses and Li 2011), nearly linear time; misses a few neighbors per thousand.</summary>
    Descent,
}
