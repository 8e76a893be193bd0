using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>Centroids of topics, with the arithmetic of NumPy.</summary>
internal static class TopicCentroids
{
    /// <summary>Returns the mean over each topic's documents: summed row by row and divided in single precision.</summary>
    /// <param name="embeddings">One embedding per document.</param>
    /// <param name="rows">Topic row of each document, from 0.</param>
    /// <param name="topics">Number of topic rows.</param>
    public static double[] Mean(Matrix embeddings, ReadOnlySpan<int> rows, int topics)
    {
        int dimension = embeddings.Columns;
        float[] sums = new float[topics * dimension];
        int[] counts = new int[topics];
        for (int document = 0; document < rows.Length; document++)
        {
            counts[rows[document]]++;
            Span<float> sum = sums.AsSpan(rows[document] * dimension, dimension);
            TensorPrimitives.Add(sum, embeddings.Row(document), sum);
        }

        double[] means = new double[sums.Length];
        for (int i = 0; i < means.Length; i++)
        {
            int count = counts[i / dimension];
            means[i] = count == 0 ? 0 : sums[i] / count;
        }

        return means;
    }

    /// <summary>Returns the centroids of merged topics: means of the old centroids, weighted by size, in double precision.</summary>
    /// <param name="centroids">Old centroids.</param>
    /// <param name="sizes">Number of documents of each old row.</param>
    /// <param name="newRows">New row of each old row.</param>
    /// <param name="topics">Number of new rows.</param>
    public static double[] Merge(ReadOnlySpan<double> centroids, ReadOnlySpan<int> sizes, ReadOnlySpan<int> newRows, int topics)
    {
        int dimension = sizes.Length == 0 ? 0 : centroids.Length / sizes.Length;
        double[] merged = new double[topics * dimension];
        long[] weights = new long[topics];
        for (int row = 0; row < sizes.Length; row++)
        {
            weights[newRows[row]] += sizes[row];
            for (int i = 0; i < dimension; i++)
            {
                merged[(newRows[row] * dimension) + i] += centroids[(row * dimension) + i] * sizes[row];
            }
        }

        for (int i = 0; i < merged.Length; i++)
        {
            merged[i] = weights[i / dimension] == 0 ? 0 : merged[i] / weights[i / dimension];
        }

        return merged;
    }
}
