using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Removal of edges that are too weak to be sampled once.</summary>
internal static class GraphTrim
{
    /// <summary>Returns a copy with the entries of at least <paramref name="least"/>.</summary>
    public static CsrMatrix<float> Above(CsrMatrix<float> graph, float least)
    {
        int[] starts = new int[graph.RowStarts.Length];
        int[] columns = new int[graph.ColumnIndices.Length];
        float[] values = new float[columns.Length];
        int count = 0;
        for (int row = 0; row < graph.Rows; row++)
        {
            for (int i = graph.RowStarts[row]; i < graph.RowStarts[row + 1]; i++)
            {
                if (graph.Values[i] >= least)
                {
                    columns[count] = graph.ColumnIndices[i];
                    values[count++] = graph.Values[i];
                }
            }

            starts[row + 1] = count;
        }

        return new CsrMatrix<float>(graph.Columns, starts, columns[..count], values[..count]);
    }
}
