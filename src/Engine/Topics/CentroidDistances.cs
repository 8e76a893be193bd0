namespace TopicGrpc.Engine.Topics;

/// <summary>Cosine distances between topic centroids.</summary>
internal static class CentroidDistances
{
    /// <summary>1 − cosine for each pair; the diagonal is 0; a zero vector is at distance 1 from all others.</summary>
    /// <param name="centroids">count × dimension values.</param>
    /// <param name="count">Number of centroids.</param>
    /// <returns>count × count distances.</returns>
    public static double[] Cosine(ReadOnlySpan<double> centroids, int count)
    {
        int dimension = count == 0 ? 0 : centroids.Length / count;
        double[] distances = new double[count * count];
        double[] norms = new double[count];
        for (int i = 0; i < count; i++)
        {
            norms[i] = Math.Sqrt(Dot(centroids.Slice(i * dimension, dimension), centroids.Slice(i * dimension, dimension)));
            for (int j = 0; j < i; j++)
            {
                double scale = norms[i] * norms[j];
                double cosine = scale > 0 ? Dot(centroids.Slice(i * dimension, dimension), centroids.Slice(j * dimension, dimension)) / scale : 0;
                distances[(i * count) + j] = distances[(j * count) + i] = 1 - cosine;
            }
        }

        return distances;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        // One running sum in one order: the same bits on every machine.
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
