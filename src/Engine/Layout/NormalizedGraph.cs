using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>D^-1/2·W·D^-1/2: the normalized Laplacian is the identity less this, so its smallest eigenvalues are 1 less the largest here.</summary>
internal static class NormalizedGraph
{
    /// <summary>Scales the graph.</summary>
    /// <param name="graph">Symmetric weights; a row without entries stays empty.</param>
    /// <param name="rootDegrees">Square roots of the row sums: the eigenvector of eigenvalue 1 of a connected graph.</param>
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
