namespace TopicGrpc.Engine.Clusters;

/// <summary>The edges of a minimum spanning tree over row numbers.</summary>
/// <param name="From">Smaller row of each edge.</param>
/// <param name="To">Larger row of each edge.</param>
/// <param name="Weights">Mutual reachability distance of each edge.</param>
internal sealed record SpanningTree(int[] From, int[] To, double[] Weights)
{
    /// <summary>Sorts the edges by (weight, smaller row, larger row), the total order in which the tree is unique.</summary>
    public void Sort()
    {
        int[] order = new int[Weights.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(Weights, order);
        IComparer<int> byRows = Comparer<int>.Create(
            (a, b) => From[a] != From[b] ? From[a].CompareTo(From[b]) : To[a].CompareTo(To[b]));
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && Weights[end] == Weights[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(order, start, end - start, byRows);
            }
        }

        Reorder(From, order);
        Reorder(To, order);
    }

    private static void Reorder(int[] values, int[] order)
    {
        int[] copy = [.. values];
        for (int i = 0; i < order.Length; i++)
        {
            values[i] = copy[order[i]];
        }
    }
}
