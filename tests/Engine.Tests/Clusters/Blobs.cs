using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Tests.Clusters;

/// <summary>Seeded Gaussian clusters with scattered points and, optionally, exact duplicates.</summary>
internal static class Blobs
{
    public static Matrix Create(int seed, int rows, int columns, int centers = 5, double scattered = 0.1, double duplicates = 0)
    {
        Random random = new(seed);
        float[] middles = new float[centers * columns];
        for (int i = 0; i < middles.Length; i++)
        {
            middles[i] = (float)(random.NextDouble() * 20);
        }

        Matrix points = new(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            Span<float> point = points.Row(row);
            if (row > 0 && random.NextDouble() < duplicates)
            {
                points.Row(random.Next(row)).CopyTo(point);
                continue;
            }

            bool alone = random.NextDouble() < scattered;
            int center = random.Next(centers);
            for (int k = 0; k < columns; k++)
            {
                double spread = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                point[k] = (float)(alone ? random.NextDouble() * 20 : middles[(center * columns) + k] + spread);
            }
        }

        return points;
    }

    public static Matrix Select(Matrix points, ReadOnlySpan<int> rows)
    {
        Matrix selected = new(rows.Length, points.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            points.Row(rows[i]).CopyTo(selected.Row(i));
        }

        return selected;
    }

    public static int[] Permutation(int seed, int count)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(rows);
        return rows;
    }
}
