namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>
/// Cuts a dendrogram into k clusters: splits the most recent merge until k clusters exist (scikit-learn's <c>_hc_cut</c>).
/// Cluster numbers are positions in a binary heap with the layout of Python's <c>heapq</c>, because scikit-learn numbers
/// clusters so and BERTopic's topic mapper exposes the numbers.
/// </summary>
internal static class TreeCut
{
    /// <summary>Assigns each leaf to one of the clusters.</summary>
    /// <param name="merges">Merges by ascending height; merge m creates node leaves + m.</param>
    /// <param name="clusters">Number of clusters, 1 to the number of leaves.</param>
    /// <returns>Cluster number of each leaf.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="clusters"/> is out of range.</exception>
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

    /// <summary>Moves an item up until its parent is larger (max-heap).</summary>
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

    /// <summary>Moves the root down to a leaf along the larger children, then up to its position, as <c>heapq</c> does.</summary>
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
