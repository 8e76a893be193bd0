using TopicGrpc.Engine.Numerics.Linkage;

namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>Cosine distances between topic centroids.</summary>
internal static class CentroidDistances
{
    /// <summary>Returns 1 − cosine of each pair. A zero vector has distance 1 to all others.</summary>
    /// <param name="centroids">count × dimension values.</param>
    /// <param name="count">Number of centroids.</param>
    /// <returns>The distances.</returns>
    public static CondensedDistances Cosine(ReadOnlySpan<double> centroids, int count)
    {
        int dimension = count == 0 ? 0 : centroids.Length / count;
        CondensedDistances distances = new(new double[count * (count - 1) / 2], count);
        double[] norms = new double[count];
        for (int i = 0; i < count; i++)
        {
            norms[i] = Math.Sqrt(Dot(centroids.Slice(i * dimension, dimension), centroids.Slice(i * dimension, dimension)));
            for (int j = 0; j < i; j++)
            {
                double scale = norms[i] * norms[j];
                double cosine = scale > 0
                    ? Dot(centroids.Slice(i * dimension, dimension), centroids.Slice(j * dimension, dimension)) / scale
                    : 0;
                distances[j, i] = 1 - cosine;
            }
        }

        return distances;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        // One sum in a fixed order gives the same bits on every machine.
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
