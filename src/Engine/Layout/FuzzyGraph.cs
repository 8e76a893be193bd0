using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The fuzzy simplicial set of UMAP: the directed neighbor weights joined with their transpose (McInnes, Healy and Melville
/// 2018, algorithm 2; umap-learn's <c>fuzzy_simplicial_set</c>).
/// </summary>
internal static class FuzzyGraph
{
    /// <summary>Returns the membership strength exp(−(distance − rho)/sigma), and 1 for distances up to rho.</summary>
    public static float Weight(float distance, float rho, float sigma) =>
        distance - rho <= 0f || sigma == 0f ? 1f : MathF.Exp(-((distance - rho) / sigma));

    /// <summary>Builds the symmetric graph r·(A + Aᵀ − A∘Aᵀ) + (1 − r)·A∘Aᵀ from the directed weights A.</summary>
    /// <param name="neighbors">Neighbors of every row.</param>
    /// <param name="scales">Distance to the nearest neighbor (rho) and bandwidth (sigma) of each row.</param>
    /// <param name="farthest">Neighbors at this distance or more are not connected.</param>
    /// <param name="mixRatio">r: 1 for the fuzzy union, 0 for the fuzzy intersection.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static CsrMatrix<float> Build(
        NeighborTable neighbors,
        (float[] Rho, float[] Sigma) scales,
        float farthest,
        double mixRatio,
        int threads,
        CancellationToken cancellationToken)
    {
        CsrMatrix<float> directed = Directed(neighbors, scales.Rho, scales.Sigma, farthest, threads, cancellationToken);
        return Union(directed, mixRatio, threads, cancellationToken);
    }

    /// <summary>Joins directed weights with their transpose. Columns must be sorted within each row.</summary>
    public static CsrMatrix<float> Union(CsrMatrix<float> directed, double mixRatio, int threads, CancellationToken cancellationToken)
    {
        int n = directed.Rows;
        CsrMatrix<float> transposed = Transpose(directed);
        int[] starts = new int[n + 1];
        RowBlocks.Run(n, 1024, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                starts[row + 1] = Join(directed, transposed, row, mixRatio, [], []);
            }
        }, cancellationToken);
        for (int row = 0; row < n; row++)
        {
            starts[row + 1] += starts[row];
        }

        int[] columns = new int[starts[n]];
        float[] values = new float[starts[n]];
        RowBlocks.Run(n, 1024, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                int count = starts[row + 1] - starts[row];
                Join(directed, transposed, row, mixRatio, columns.AsSpan(starts[row], count), values.AsSpan(starts[row], count));
            }
        }, cancellationToken);
        return new CsrMatrix<float>(n, starts, columns, values);
    }

    private static CsrMatrix<float> Directed(
        NeighborTable neighbors, float[] rho, float[] sigma, float farthest, int threads, CancellationToken cancellationToken)
    {
        int n = neighbors.RowCount;
        int k = neighbors.NeighborCount;
        float WeightOf(int row, int entry)
        {
            int column = neighbors.Indices[entry];
            float distance = neighbors.Distances[entry];
            bool unconnected = column == row || column < 0 || distance >= farthest;
            return unconnected ? 0f : Weight(distance, rho[row], sigma[row]);
        }

        // The first pass counts the weights, so that no array is larger than the graph.
        int[] starts = new int[n + 1];
        RowBlocks.Run(n, 1024, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                for (int entry = row * k; entry < (row + 1) * k; entry++)
                {
                    starts[row + 1] += WeightOf(row, entry) > 0f ? 1 : 0;
                }
            }
        }, cancellationToken);
        for (int row = 0; row < n; row++)
        {
            starts[row + 1] += starts[row];
        }

        int[] columns = new int[starts[n]];
        float[] weights = new float[starts[n]];
        RowBlocks.Run(n, 1024, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                int next = starts[row];
                for (int entry = row * k; entry < (row + 1) * k; entry++)
                {
                    float weight = WeightOf(row, entry);
                    if (weight > 0f)
                    {
                        columns[next] = neighbors.Indices[entry];
                        weights[next++] = weight;
                    }
                }

                columns.AsSpan(starts[row]..next).Sort(weights.AsSpan(starts[row]..next), Comparer<int>.Default);
            }
        }, cancellationToken);
        return new CsrMatrix<float>(n, starts, columns, weights);
    }

    private static CsrMatrix<float> Transpose(CsrMatrix<float> matrix)
    {
        int[] starts = new int[matrix.Columns + 1];
        foreach (int column in matrix.ColumnIndices)
        {
            starts[column + 1]++;
        }

        for (int row = 0; row < matrix.Columns; row++)
        {
            starts[row + 1] += starts[row];
        }

        int[] next = starts[..^1];
        int[] columns = new int[matrix.ColumnIndices.Length];
        float[] values = new float[columns.Length];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
            {
                int place = next[matrix.ColumnIndices[i]]++;
                columns[place] = row;
                values[place] = matrix.Values[i];
            }
        }

        return new CsrMatrix<float>(matrix.Rows, starts, columns, values);
    }

    /// <summary>Merges two sorted rows and returns the number of non-zero entries; writes the entries if the spans are not empty.</summary>
    private static int Join(
        CsrMatrix<float> directed,
        CsrMatrix<float> transposed,
        int row,
        double mixRatio,
        Span<int> columns,
        Span<float> values)
    {
        ReadOnlySpan<int> own = directed.RowColumns(row);
        ReadOnlySpan<float> ownValues = directed.RowValues(row);
        ReadOnlySpan<int> back = transposed.RowColumns(row);
        ReadOnlySpan<float> backValues = transposed.RowValues(row);
        int i = 0;
        int j = 0;
        int count = 0;
        while (i < own.Length || j < back.Length)
        {
            int column = Math.Min(i < own.Length ? own[i] : int.MaxValue, j < back.Length ? back[j] : int.MaxValue);
            float a = i < own.Length && own[i] == column ? ownValues[i++] : 0f;
            float b = j < back.Length && back[j] == column ? backValues[j++] : 0f;
            float product = a * b;
            float union = a + b - product;
            float value = mixRatio == 1.0 ? union : (float)((mixRatio * union) + ((1.0 - mixRatio) * product));
            if (value == 0f)
            {
                continue;
            }

            if (values.Length > 0)
            {
                columns[count] = column;
                values[count] = value;
            }

            count++;
        }

        return count;
    }
}
