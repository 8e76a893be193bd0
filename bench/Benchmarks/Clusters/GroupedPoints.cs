using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Clusters;

/// <summary>Seeded points: seventy groups of different density, and a tenth scattered.</summary>
internal static class GroupedPoints
{
    private const int Groups = 70;
    private const double Extent = 12;
    private const double ScatteredShare = 0.1;

    public static Matrix Create(int seed, int rows, int columns)
    {
        Random random = new(seed);
        double[] centers = new double[Groups * columns];
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] = random.NextDouble() * Extent;
        }

        Matrix points = new(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            int group = random.Next(Groups);
            double spread = 0.2 + (0.01 * group);
            bool scattered = random.NextDouble() < ScatteredShare;
            Span<float> point = points.Row(row);
            for (int k = 0; k < columns; k++)
            {
                double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                point[k] = (float)(scattered ? random.NextDouble() * Extent : centers[(group * columns) + k] + (spread * noise));
            }
        }

        return points;
    }
}
