namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>
/// Cuts an agglomerative tree into a number of clusters by splitting the node formed last, again and again. The numbers
/// of the clusters are places in a binary heap laid out as Python's <c>heapq</c> does it, because scikit-learn's are and
/// they show in a model's topic mapper.
/// </summary>
internal static class TreeCut
{
    /// <summary>Cuts.</summary>
    /// <param name="merges">Merges in order; merge m makes node leaves + m.</param>
    /// <param name="clusters">Clusters wanted, 1 to the number of leaves.</param>
    /// <returns>Cluster of each leaf.</returns>
    public static int[] Into(IReadOnlyList<LinkageMerge> merges, int clusters)
    {
        int leaves = merges.Count + 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, leaves);
        List<int> heap = [(2 * leaves) - 2];
        for (int split = 1; split < clusters; split++)
        {
            LinkageMerge merge = merges[heap[0] - leaves];
            heap.Add(merge.Left);
            Rise(heap, 0, heap.Count - 1);
            heap[0] = merge.Right;
            Sink(heap);
        }

        int[] labels = new int[leaves];
        for (int cluster = 0; cluster < heap.Count; cluster++)
        {
            Mark(merges, heap[cluster], cluster, labels);
        }

        return labels;
    }

    private static void Mark(IReadOnlyList<LinkageMerge> merges, int root, int cluster, int[] labels)
    {
        Stack<int> open = new([root]);
        while (open.TryPop(out int node))
        {
            if (node < labels.Length)
            {
                labels[node] = cluster;
                continue;
            }

            LinkageMerge merge = merges[node - labels.Length];
            open.Push(merge.Left);
            open.Push(merge.Right);
        }
    }

    /// <summary>Moves an item towards the top, where the largest stands.</summary>
    private static void Rise(List<int> heap, int top, int position)
    {
        int item = heap[position];
        while (position > top)
        {
            int parent = (position - 1) / 2;
            if (item <= heap[parent])
            {
                break;
            }

            heap[position] = heap[parent];
            position = parent;
        }

        heap[position] = item;
    }

    /// <summary>Moves the first item down to a leaf along the larger children, then up to its place: the way of <c>heapq</c>.</summary>
    private static void Sink(List<int> heap)
    {
        int item = heap[0];
        int position = 0;
        for (int child = 1; child < heap.Count; child = (2 * position) + 1)
        {
            if (child + 1 < heap.Count && heap[child] <= heap[child + 1])
            {
                child++;
            }

            heap[position] = heap[child];
            position = child;
        }

        heap[position] = item;
        Rise(heap, 0, position);
    }
}
