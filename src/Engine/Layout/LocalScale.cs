using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Local metric of every row: rho, the distance to the nearest neighbor, and sigma, the bandwidth at which the memberships
/// of k neighbors sum to log2(k) (umap-learn's <c>smooth_knn_dist</c>, with bisection in single precision as there).
/// </summary>
internal static class LocalScale
{
    private const float Tolerance = 1e-5f;
    private const float SmallestScale = 1e-3f;
    private const int MaxSteps = 64;

    public static (float[] Rho, float[] Sigma) Of(
        NeighborTable neighbors,
        double localConnectivity,
        int threads,
        CancellationToken cancellationToken)
    {
        float[] rho = new float[neighbors.RowCount];
        float[] sigma = new float[neighbors.RowCount];
        double meanOfAll = Mean(neighbors.Distances);
        int k = neighbors.NeighborCount;
        RowBlocks.Run(neighbors.RowCount, 256, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                (rho[row], sigma[row]) = OfRow(neighbors.Distances.AsSpan(row * k, k), localConnectivity, meanOfAll);
            }
        }, cancellationToken);
        return (rho, sigma);
    }

    /// <summary>Returns rho and sigma of one row.</summary>
    /// <param name="distances">Distances to the k neighbors, ascending.</param>
    /// <param name="localConnectivity">Number of neighbors assumed to be connected; 0 sets rho to 0.</param>
    /// <param name="meanOfAll">Mean distance of all rows; bounds sigma from below if rho is 0.</param>
    public static (float Rho, float Sigma) OfRow(ReadOnlySpan<float> distances, double localConnectivity, double meanOfAll)
    {
        float rho = NearestDistance(distances, localConnectivity);
        float target = (float)Math.Log2(distances.Length);
        float low = 0f;
        float high = float.MaxValue;
        float middle = 1f;
        for (int step = 0; step < MaxSteps; step++)
        {
            double sum = 0.0;

            // Skip column 0 even if it is not the row itself, as umap-learn does.
            for (int j = 1; j < distances.Length; j++)
            {
                float beyond = distances[j] - rho;
                sum += beyond > 0f ? (float)Math.Exp(-(beyond / middle)) : 1f;
            }

            if (Math.Abs(sum - target) < Tolerance)
            {
                break;
            }

            if (sum > target)
            {
                high = middle;
                middle = (low + high) / 2f;
            }
            else
            {
                low = middle;
                middle = high == float.MaxValue ? middle * 2f : (low + high) / 2f;
            }
        }

        double floor = SmallestScale * (rho > 0f ? Mean(distances) : meanOfAll);
        return (rho, middle < floor ? (float)floor : middle);
    }

    private static float NearestDistance(ReadOnlySpan<float> distances, double localConnectivity)
    {
        int first = 0;
        while (first < distances.Length && !(distances[first] > 0f))
        {
            first++;
        }

        ReadOnlySpan<float> positive = distances[first..];
        if (positive.Length == 0)
        {
            return 0f;
        }

        if (positive.Length < localConnectivity)
        {
            return positive[^1];
        }

        int whole = (int)Math.Floor(localConnectivity);
        double fraction = localConnectivity - whole;
        if (whole == 0)
        {
            return (float)(fraction * positive[0]);
        }

        double rho = positive[whole - 1];
        if (fraction > Tolerance)
        {
            rho += fraction * (positive[whole] - positive[whole - 1]);
        }

        return (float)rho;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0.0;
        foreach (float value in values)
        {
            sum += value;
        }

        return values.Length == 0 ? 0.0 : sum / values.Length;
    }
}
