namespace TopicGrpc.Engine.Neighbors;

/// <summary>Properties of a vector's neighborhood that a search determines along the way.</summary>
/// <param name="Nearest">Nearest row; −1 if there was no search.</param>
/// <param name="IsEqual">Whether the distance to the nearest row is 0.</param>
/// <param name="Distance">Distance as in <see cref="RowDistance"/>; NaN if there was no search.</param>
internal readonly record struct NearRows(int Nearest, bool IsEqual, double Distance)
{
    /// <summary>Result without a search.</summary>
    public static NearRows Unknown { get; } = new(-1, IsEqual: false, double.NaN);

    /// <summary>Returns the properties of a list of nearest rows.</summary>
    /// <param name="nearest">The rows.</param>
    /// <param name="metric">Metric of the distances.</param>
    /// <param name="except">Row that does not count for the distance; −1 for none.</param>
    public static NearRows Of(RankedRows nearest, DistanceMetric metric, int except = -1) => nearest.Count == 0
        ? Unknown
        : new NearRows(nearest.Index(0), nearest.Distance(0) == 0.0, RowDistance.Of(nearest, metric, except));
}
