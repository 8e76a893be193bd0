using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Removal of edges that are too weak to be sampled once.</summary>
internal static class GraphTrim
{
    /// <summary>Returns the graph of the entries of at least <paramref name="least"/>; the same graph if it has no others.</summary>
    public static CsrMatrix<float> Above(CsrMatrix<float> graph, float least)
    {
        int[] starts = new int[graph.RowStarts.Length];
        for (int row = 0; row < graph.Rows; row++)
        {
            int kept = 0;
            foreach (float value in graph.RowValues(row))
            {
                kept += value >= least ? 1 : 0;
            }

            starts[row + 1] = starts[row] + kept;
        }

        if (starts[^1] == graph.Values.Length)
        {
            return graph;
        }

        int[] columns = new int[starts[^1]];
        float[] values = new float[columns.Length];
        int count = 0;
        for (int i = 0; i < graph.Values.Length; i++)
        {
            if (graph.Values[i] >= least)
            {
                columns[count] = graph.ColumnIndices[i];
                values[count++] = graph.Values[i];
            }
        }

        return new CsrMatrix<float>(graph.Columns, starts, columns, values);
    }
}
