using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The normalized adjacency matrix D^(−1/2)·W·D^(−1/2). The normalized Laplacian is I minus this matrix, so its smallest
/// eigenvalues correspond to the largest ones here.
/// </summary>
internal static class NormalizedGraph
{
    /// <summary>Normalizes a graph.</summary>
    /// <param name="graph">Symmetric weights, n × n; empty rows stay empty.</param>
    /// <param name="rootDegrees">Receives the square roots of the row sums: for a connected graph, the eigenvector of eigenvalue 1.</param>
    public static CsrMatrix<float> Of(CsrMatrix<float> graph, out float[] rootDegrees)
    {
        float[] roots = new float[graph.Rows];
        for (int row = 0; row < graph.Rows; row++)
        {
            float degree = 0f;
            foreach (float weight in graph.RowValues(row))
            {
                degree += weight;
            }

            roots[row] = MathF.Sqrt(degree);
        }

        float[] values = new float[graph.Values.Length];
        for (int row = 0; row < graph.Rows; row++)
        {
            for (int i = graph.RowStarts[row]; i < graph.RowStarts[row + 1]; i++)
            {
                values[i] = graph.Values[i] / (roots[row] * roots[graph.ColumnIndices[i]]);
            }
        }

        rootDegrees = roots;
        return new CsrMatrix<float>(graph.Columns, graph.RowStarts, graph.ColumnIndices, values);
    }
}
