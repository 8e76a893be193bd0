namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>
/// Turns the children of each merge so that neighboring leaves are close. The walks are those of Bar-Joseph, Gifford and
/// Jaakkola 2001; as in SciPy's <c>optimal_leaf_ordering</c> each merge turns its two children by its own shortest walk,
/// and turning a child mirrors all that lies below it. That is not the shortest walk of the whole tree, but it is the
/// order in which the reference draws it. Sums are single precision, as there, so that near ties fall alike.
/// </summary>
internal sealed class LeafOrder
{
    private readonly LinkageMerge[] _merges;
    private readonly CondensedDistances _distances;
    private readonly int _count;
    private readonly int[][] _leaves;
    private readonly float[] _walks;
    private readonly bool[] _turn;

    private LeafOrder(LinkageMerge[] merges, CondensedDistances distances)
    {
        _merges = merges;
        _distances = distances;
        _count = distances.Count;
        _leaves = new int[_count + merges.Length][];
        _walks = new float[_count * _count];
        _turn = new bool[merges.Length];
    }

    /// <summary>Returns the same merges, left and right swapped where that brings leaves together. Time grows with the fourth power of n in the worst case, memory with the square; meant for topics, not for documents.</summary>
    public static LinkageMerge[] Arrange(LinkageMerge[] merges, CondensedDistances distances)
    {
        LeafOrder order = new(merges, distances);
        for (int leaf = 0; leaf < order._count; leaf++)
        {
            order._leaves[leaf] = [leaf];
        }

        for (int step = 0; step < merges.Length; step++)
        {
            order.Walk(step);
            order.TurnChildren(step);
        }

        return order.Apply();
    }

    /// <summary>Shortest walk below a merge between every leaf of its left and every leaf of its right child.</summary>
    private void Walk(int step)
    {
        (int left, int right, _, _) = _merges[step];
        _leaves[_count + step] = [.. _leaves[left], .. _leaves[right]];
        foreach ((int[] outer, int[] inner) in Sides(left))
        {
            foreach ((int[] end, int[] start) in Sides(right))
            {
                Walk(outer, inner, start, end);
            }
        }
    }

    /// <summary>Walks outer … inner, start … end: the children of a child stand on opposite sides of it.</summary>
    private void Walk(int[] outer, int[] inner, int[] start, int[] end)
    {
        foreach (int u in outer)
        {
            foreach (int w in end)
            {
                float shortest = float.PositiveInfinity;
                foreach (int m in inner)
                {
                    foreach (int k in start)
                    {
                        shortest = Math.Min(shortest, (float)(_walks[(u * _count) + m] + _walks[(w * _count) + k] + _distances[m, k]));
                    }
                }

                _walks[(u * _count) + w] = shortest;
                _walks[(w * _count) + u] = shortest;
            }
        }
    }

    private void TurnChildren(int step)
    {
        (int left, int right, _, _) = _merges[step];
        (int first, int last) = (_leaves[left][0], _leaves[right][0]);
        foreach (int u in _leaves[left])
        {
            foreach (int w in _leaves[right])
            {
                if (_walks[(u * _count) + w] < _walks[(first * _count) + last])
                {
                    (first, last) = (u, w);
                }
            }
        }

        if (left >= _count)
        {
            _turn[left - _count] = _leaves[_merges[left - _count].Right].AsSpan().Contains(first);
        }

        if (right >= _count)
        {
            _turn[right - _count] = _leaves[_merges[right - _count].Left].AsSpan().Contains(last);
        }
    }

    private LinkageMerge[] Apply()
    {
        var arranged = new LinkageMerge[_merges.Length];
        bool[] mirrored = new bool[_merges.Length];
        for (int step = _merges.Length - 1; step >= 0; step--)
        {
            LinkageMerge merge = _merges[step];
            bool swap = _turn[step] ^ mirrored[step];
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

    /// <summary>The two ways a node can stand: one child outside and the other inside. A leaf is both.</summary>
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
