namespace TopicGrpc.Parity.Clusters;

/// <summary>
/// Equality of two dendrograms up to the order of merges of equal height: at every height, both must have the same groups.
/// Any later difference then comes from that order, which no library defines.
/// </summary>
internal static class DendrogramTies
{
    /// <summary>Relative difference up to which heights are equal.</summary>
    public const double Width = 1e-12;

    /// <summary>Returns the number of heights at which the groups differ.</summary>
    public static int DifferingHeights((int[] Left, int[] Right) first, (int[] Left, int[] Right) second, double[] heights)
    {
        int points = heights.Length + 1;
        Groups a = new(points);
        Groups b = new(points);
        int differing = 0;
        for (int start = 0, end; start < heights.Length; start = end)
        {
            end = start + 1;
            while (end < heights.Length && heights[end] <= heights[start] * (1.0 + Width))
            {
                end++;
            }

            for (int merge = start; merge < end; merge++)
            {
                a.Merge(first.Left[merge], first.Right[merge]);
                b.Merge(second.Left[merge], second.Right[merge]);
            }

            // Equal numbers of groups, and each group of one side within a group of the other: the groups are equal.
            bool same = true;
            for (int merge = start; merge < end; merge++)
            {
                same &= b.Together(a.PointOf(first.Left[merge]), a.PointOf(first.Right[merge]));
            }

            differing += same ? 0 : 1;
        }

        return differing;
    }

    private sealed class Groups
    {
        private readonly int[] _parents;
        private readonly int[] _pointOf;
        private int _nodes;

        public Groups(int points)
        {
            _nodes = points;
            _parents = [.. Enumerable.Range(0, points)];
            _pointOf = [.. Enumerable.Range(0, points), .. new int[points]];
        }

        public int PointOf(int node) => _pointOf[node];

        public void Merge(int left, int right)
        {
            _parents[Find(_pointOf[left])] = Find(_pointOf[right]);
            _pointOf[_nodes++] = _pointOf[right];
        }

        public bool Together(int point, int other) => Find(point) == Find(other);

        private int Find(int point)
        {
            while (_parents[point] != point)
            {
                _parents[point] = _parents[_parents[point]];
                point = _parents[point];
            }

            return point;
        }
    }
}
