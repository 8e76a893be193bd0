using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Connected components of a symmetric graph, numbered in the order of their smallest row.</summary>
internal static class GraphComponents
{
    public static (int Count, int[] ComponentOf) Find(CsrMatrix<float> graph)
    {
        int[] componentOf = new int[graph.Rows];
        int[] queue = new int[graph.Rows];
        componentOf.AsSpan().Fill(-1);
        int count = 0;
        for (int root = 0; root < graph.Rows; root++)
        {
            if (componentOf[root] >= 0)
            {
                continue;
            }

            int length = 1;
            queue[0] = root;
            componentOf[root] = count;
            for (int at = 0; at < length; at++)
            {
                foreach (int column in graph.RowColumns(queue[at]))
                {
                    if (componentOf[column] < 0)
                    {
                        componentOf[column] = count;
                        queue[length++] = column;
                    }
                }
            }

            count++;
        }

        return (count, componentOf);
    }
}
