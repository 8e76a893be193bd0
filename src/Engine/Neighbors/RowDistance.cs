namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Distance of a vector from a set of rows: that of its fifth nearest row, not counting rows equal to the vector. Equal rows are left out
/// because a repeated text would otherwise be at distance 0 from the others of its kind, however rare its content is. If fewer rows were
/// searched or are different, the last of them counts.
/// </summary>
internal static class RowDistance
{
    /// <summary>Place of the row that counts. With one or two, a single odd document hides a foreign text.</summary>
    private const int Place = 5;

    /// <summary>Largest distance of equal texts; the encoder rounds batches of different lengths differently.</summary>
    private const double EqualCosine = 1e-6;
    private const double EqualEuclidean = 1e-3;

    /// <summary>Number of neighbors that a table of own distances needs: the row itself, and one row per place.</summary>
    public const int TableColumns = Place + 1;

    /// <summary>Returns the distance of a vector.</summary>
    /// <param name="nearest">Its nearest rows; one more than the neighbors of a row of the set, which is its own neighbor.</param>
    /// <param name="metric">Metric of the distances.</param>
    /// <param name="except">Row that does not count; −1 for none.</param>
    public static double Of(RankedRows nearest, DistanceMetric metric, int except = -1)
    {
        double equal = Equal(metric);
        int left = Math.Max(1, Math.Min(Place, nearest.Count - 1));
        double distance = 0;
        for (int i = 0; i < nearest.Count && left > 0; i++)
        {
            if (nearest.Distance(i) > equal && nearest.Index(i) != except)
            {
                distance = nearest.Distance(i);
                left--;
            }
        }

        return distance;
    }

    /// <summary>Returns the distance of each row of the set from the others, ascending. Of equal rows only the first counts.</summary>
    /// <param name="table">Neighbors of the rows.</param>
    /// <param name="metric">Metric of the distances.</param>
    /// <returns>The distances; empty if all rows are equal.</returns>
    public static float[] OfRows(NeighborTable table, DistanceMetric metric)
    {
        float equal = (float)Equal(metric);
        List<float> distances = new(table.RowCount);
        for (int row = 0; row < table.RowCount; row++)
        {
            if (Own(table, row, equal) is { } distance)
            {
                distances.Add(distance);
            }
        }

        float[] sorted = [.. distances];
        Array.Sort(sorted);
        return sorted;
    }

    private static double Equal(DistanceMetric metric) => metric == DistanceMetric.Cosine ? EqualCosine : EqualEuclidean;

    private static float? Own(NeighborTable table, int row, float equal)
    {
        int first = row * table.NeighborCount;
        int left = Place;
        float? distance = null;
        for (int i = first; i < first + table.NeighborCount && left > 0; i++)
        {
            if (table.Distances[i] > equal)
            {
                distance = table.Distances[i];
                left--;
            }
            else if (table.Indices[i] < row)
            {
                return null;
            }
        }

        return distance;
    }
}
