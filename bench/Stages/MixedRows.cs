using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Stages;

/// <summary>
/// Synthetic vectors from a corpus: one vector plus part of another plus noise, scaled to unit length. They preserve the
/// dense and sparse regions of the corpus, unlike random vectors, but none equals a given vector.
/// </summary>
internal static class MixedRows
{
    private const long CorpusStream = 1;
    private const long QueryStream = 2;

    /// <summary>Maximum share of the second vector.</summary>
    private const double LargestShare = 0.4;

    /// <summary>Standard deviation of the noise per coordinate; 0.2 in length at 384 coordinates.</summary>
    private const double Noise = 0.01;

    /// <summary>Fills a corpus of another size: evenly spaced given vectors, then synthetic ones.</summary>
    public static void Fill(Matrix source, Matrix rows)
    {
        int given = Math.Min(rows.Rows, source.Rows);
        for (int row = 0; row < given; row++)
        {
            source.Row((int)((long)row * source.Rows / given)).CopyTo(rows.Row(row));
        }

        Mix(source, rows, given, CounterRandom.Key(0, CorpusStream));
    }

    /// <summary>Returns vectors of new documents.</summary>
    public static Matrix Queries(Matrix source, int count)
    {
        Matrix rows = new(count, source.Columns);
        Mix(source, rows, 0, CounterRandom.Key(0, QueryStream));
        return rows;
    }

    private static void Mix(Matrix source, Matrix rows, int first, ulong key)
    {
        Parallel.For(first, rows.Rows, row =>
        {
            long counter = (long)row * (rows.Columns + 3);
            Span<float> values = rows.Row(row);
            ReadOnlySpan<float> one = source.Row(CounterRandom.Below(source.Rows, key, counter));
            ReadOnlySpan<float> other = source.Row(CounterRandom.Below(source.Rows, key, counter + 1));
            double share = LargestShare * CounterRandom.Uniform(key, counter + 2);
            double square = 0.0;
            for (int k = 0; k < values.Length; k++)
            {
                double noise = Noise * Math.Sqrt(12.0) * (CounterRandom.Uniform(key, counter + 3 + k) - 0.5);
                values[k] = (float)(((1.0 - share) * one[k]) + (share * other[k]) + noise);
                square += (double)values[k] * values[k];
            }

            System.Numerics.Tensors.TensorPrimitives.Divide(values, (float)Math.Sqrt(square), values);
        });
    }
}
