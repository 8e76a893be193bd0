namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>
/// Orders the leaves of a dendrogram so that adjacent leaves are similar. Source: Bar-Joseph, Gifford and Jaakkola 2001, in
/// the form of SciPy's <c>optimal_leaf_ordering</c>: each merge orients its two children by the shortest path across that
/// merge, and a flipped child mirrors its subtree. The result is not the global optimum but equals SciPy's. Sums are single
/// precision, as in SciPy, so that near ties resolve equally.
/// </summary>
internal sealed class LeafOrder
{
    private readonly LinkageMerge[] _merges;
    private readonly CondensedDistances _distances;
    private readonly int _count;
    private readonly int[][] _leaves;
    private readonly float[] _paths;
    private readonly bool[] _flip;
    private readonly CancellationToken _cancelled;

    private LeafOrder(LinkageMerge[] merges, CondensedDistances distances, CancellationToken cancelled)
    {
        _cancelled = cancelled;
        _merges = merges;
        _distances = distances;
        _count = distances.Count;
        _leaves = new int[_count + merges.Length][];
        _paths = new float[checked(_count * _count)];
        _flip = new bool[merges.Length];
    }

    /// <summary>
    /// Returns the merges with left and right children swapped where the leaf order requires it. Worst-case time is O(n⁴)
    /// and memory is O(n²); suitable for topics, not for documents.
    /// </summary>
    public static LinkageMerge[] Arrange(
        LinkageMerge[] merges,
        CondensedDistances distances,
        CancellationToken cancellationToken = default)
    {
        LeafOrder order = new(merges, distances, cancellationToken);
        for (int leaf = 0; leaf < order._count; leaf++)
        {
            order._leaves[leaf] = [leaf];
        }

        for (int step = 0; step < merges.Length; step++)
        {
            order.FindPaths(step);
            order.OrientChildren(step);
        }

        return order.Apply();
    }

    /// <summary>Computes the shortest path from every leaf of the left child to every leaf of the right child of a merge.</summary>
    private void FindPaths(int step)
    {
        (int left, int right, _, _) = _merges[step];
        _leaves[_count + step] = [.. _leaves[left], .. _leaves[right]];
        foreach ((int[] outer, int[] inner) in Sides(left))
        {
            foreach ((int[] end, int[] start) in Sides(right))
            {
                JoinPaths(outer, inner, start, end);
            }
        }
    }

    /// <summary>Computes paths outer … inner, start … end. The two children of a node are at opposite ends of the node's path.</summary>
    private void JoinPaths(int[] outer, int[] inner, int[] start, int[] end)
    {
        foreach (int u in outer)
        {
            foreach (int w in end)
            {
                _cancelled.ThrowIfCancellationRequested();
                float shortest = float.PositiveInfinity;
                foreach (int m in inner)
                {
                    foreach (int k in start)
                    {
                        shortest = Math.Min(shortest, (float)(_paths[(u * _count) + m] + _paths[(w * _count) + k] + _distances[m, k]));
                    }
                }

                _paths[(u * _count) + w] = shortest;
                _paths[(w * _count) + u] = shortest;
            }
        }
    }

    private void OrientChildren(int step)
    {
        (int left, int right, _, _) = _merges[step];
        (int first, int last) = (_leaves[left][0], _leaves[right][0]);
        foreach (int u in _leaves[left])
        {
            foreach (int w in _leaves[right])
            {
                if (_paths[(u * _count) + w] < _paths[(first * _count) + last])
                {
                    (first, last) = (u, w);
                }
            }
        }

        if (left >= _count)
        {
            _flip[left - _count] = _leaves[_merges[left - _count].Right].AsSpan().Contains(first);
        }

        if (right >= _count)
        {
            _flip[right - _count] = _leaves[_merges[right - _count].Left].AsSpan().Contains(last);
        }
    }

    private LinkageMerge[] Apply()
    {
        var arranged = new LinkageMerge[_merges.Length];
        bool[] mirrored = new bool[_merges.Length];
        for (int step = _merges.Length - 1; step >= 0; step--)
        {
            LinkageMerge merge = _merges[step];
            bool swap = _flip[step] ^ mirrored[step];
            arranged[step] = swap ? merge with { Left = merge.Right, Right = merge.Left } : merge;
            foreach (int child in (ReadOnlySpan<int>)[merge.Left, merge.Right])
            {
                if (child >= _count)
                {
                    mirrored[child - _count] = swap;
                }
            }
        }

        return arranged;
    }

    /// <summary>Returns both orientations of a node: one child outside, the other inside. A leaf is its own outside and inside.</summary>
    private (int[] Outer, int[] Inner)[] Sides(int node)
    {
        if (node < _count)
        {
            return [(_leaves[node], _leaves[node])];
        }

        int[] left = _leaves[_merges[node - _count].Left];
        int[] right = _leaves[_merges[node - _count].Right];
        return [(left, right), (right, left)];
    }
}
