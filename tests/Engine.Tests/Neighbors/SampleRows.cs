using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Tests.Neighbors;

/// <summary>Synthetic vectors in a few clusters.</summary>
internal static class SampleRows
{
    public const int ClusterCount = 5;

    /// <summary>Returns vectors; row i belongs to cluster i mod <see cref="ClusterCount"/>.</summary>
    public static Matrix Clustered(int count, int columns, int seed)
    {
        Random random = new(seed);
        float[] centers = new float[ClusterCount * columns];
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] = random.NextSingle() - 0.5f;
        }

        Matrix rows = new(count, columns);
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                rows.Row(row)[column] = centers[(row % ClusterCount * columns) + column] + (0.6f * (random.NextSingle() - 0.5f));
            }
        }

        return rows;
    }

    /// <summary>Returns vectors of independent values from −0.5 to 0.5.</summary>
    public static Matrix Uniform(int count, int columns, int seed)
    {
        Random random = new(seed);
        Matrix rows = new(count, columns);
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                rows.Row(row)[column] = random.NextSingle() - 0.5f;
            }
        }

        return rows;
    }
}
