namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>
/// Turns the children of each merge so that neighbouring leaves are as close as they can be. Source: Bar-Joseph, Gifford
/// and Jaakkola 2001; as in SciPy the two children of the root stay where they are (the mirror image costs the same).
/// </summary>
internal static class OptimalLeafOrder
{
    /// <summary>Returns the same merges with left and right swapped where that shortens the walk along the leaves.</summary>
    public static LinkageMerge[] Arrange(LinkageMerge[] merges, CondensedDistances distances)
    {
        int count = distances.Count;
        if (merges.Length < 2)
        {
            return merges;
        }

        Search search = new(merges, distances);
        for (int node = count; node < count + merges.Length; node++)
        {
            search.Solve(node);
        }

        return search.Turn();
    }

    /// <summary>Best walk below each node for every pair of outermost leaves, and the way back.</summary>
    private sealed class Search(LinkageMerge[] merges, CondensedDistances distances)
    {
        private readonly int _count = distances.Count;
        private readonly int[][] _leaves = new int[distances.Count + merges.Length][];
        private readonly double[] _walk = new double[distances.Count * distances.Count];

        public void Solve(int node)
        {
            LinkageMerge merge = merges[node - _count];
            int[] left = Leaves(merge.Left);
            int[] right = Leaves(merge.Right);
            _leaves[node] = [.. left, .. right];
            double[] reach = new double[right.Length];
            foreach (int outer in left)
            {
                ReadOnlySpan<int> inner = Opposite(merge.Left, outer);
                for (int k = 0; k < right.Length; k++)
                {
                    reach[k] = double.PositiveInfinity;
                    foreach (int m in inner)
                    {
                        reach[k] = Math.Min(reach[k], Walk(outer, m) + Distance(m, right[k]));
                    }
                }

                foreach (int end in right)
                {
                    double best = double.PositiveInfinity;
                    foreach (int k in Opposite(merge.Right, end))
                    {
                        best = Math.Min(best, reach[Array.IndexOf(right, k)] + Walk(k, end));
                    }

                    _walk[(outer * _count) + end] = best;
                    _walk[(end * _count) + outer] = best;
                }
            }
        }

        public LinkageMerge[] Turn()
        {
            LinkageMerge[] turned = [.. merges];
            LinkageMerge root = merges[^1];
            (int first, int last) = Shortest(Leaves(root.Left), Leaves(root.Right));
            Stack<(int Node, int First, int Last)> open = new();
            open.Push((_count + merges.Length - 1, first, last));
            while (open.TryPop(out (int Node, int First, int Last) item))
            {
                if (item.Node < _count)
                {
                    continue;
                }

                LinkageMerge merge = merges[item.Node - _count];
                bool swap = !Leaves(merge.Left).Contains(item.First);
                (int begin, int end) = swap ? (merge.Right, merge.Left) : (merge.Left, merge.Right);
                turned[item.Node - _count] = merge with { Left = begin, Right = end };
                (int m, int k) = Join(begin, end, item.First, item.Last);
                open.Push((begin, item.First, m));
                open.Push((end, k, item.Last));
            }

            return turned;
        }

        private int[] Leaves(int node) => node < _count ? [node] : _leaves[node];

        private double Walk(int first, int last) => first == last ? 0 : _walk[(first * _count) + last];

        private double Distance(int first, int second) => distances[first, second];

        /// <summary>Leaves that can stand at the other end of a node when <paramref name="outer"/> stands at one.</summary>
        private int[] Opposite(int node, int outer)
        {
            if (node < _count)
            {
                return [node];
            }

            LinkageMerge merge = merges[node - _count];
            int[] left = Leaves(merge.Left);
            return Array.IndexOf(left, outer) >= 0 ? Leaves(merge.Right) : left;
        }

        private (int First, int Last) Shortest(int[] left, int[] right)
        {
            (int First, int Last) best = (left[0], right[0]);
            foreach (int first in left)
            {
                foreach (int last in right)
                {
                    if (Walk(first, last) < Walk(best.First, best.Last))
                    {
                        best = (first, last);
                    }
                }
            }

            return best;
        }

        private (int M, int K) Join(int begin, int end, int first, int last)
        {
            (int M, int K) best = (-1, -1);
            double shortest = double.PositiveInfinity;
            foreach (int m in Opposite(begin, first))
            {
                foreach (int k in Opposite(end, last))
                {
                    double length = Walk(first, m) + Distance(m, k) + Walk(k, last);
                    if (length < shortest)
                    {
                        shortest = length;
                        best = (m, k);
                    }
                }
            }

            return best;
        }
    }
}
