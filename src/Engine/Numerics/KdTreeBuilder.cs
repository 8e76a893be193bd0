namespace TopicGrpc.Engine.Numerics;

/// <summary>Builds a <see cref="KdTree"/>: splits each node along its widest dimension, at the leaf boundary nearest the median.</summary>
internal sealed class KdTreeBuilder
{
    private readonly Matrix _points;
    private readonly int _dimensions;
    private readonly int[] _rows;
    private readonly double[] _keys;
    private readonly List<KdNode> _nodes = [];
    private readonly KdBoxes _boxes;

    public KdTreeBuilder(Matrix points)
    {
        _points = points;
        _dimensions = points.Columns;
        _rows = new int[points.Rows];
        for (int row = 0; row < _rows.Length; row++)
        {
            _rows[row] = row;
        }

        _keys = new double[points.Rows];
        int leaves = Math.Max(1, RowBlocks.Count(points.Rows, KdTree.LeafSize));
        _boxes = new KdBoxes((2 * leaves) - 1, _dimensions);
    }

    public KdTree Build()
    {
        Split(0, _rows.Length);
        return new KdTree(_dimensions, _rows, Blocks(), [.. _nodes], _boxes);
    }

    // Recursion depth is the height of the tree, log2 of the number of leaves.
    private void Split(int start, int end)
    {
        int node = _nodes.Count;
        _nodes.Add(new KdNode(start, end, 0, LeastRow(start, end)));
        int widest = Bound(node, start, end);
        int leaves = RowBlocks.Count(end - start, KdTree.LeafSize);
        if (leaves <= 1)
        {
            return;
        }

        int middle = start + (leaves / 2 * KdTree.LeafSize);
        ReadOnlySpan<float> coordinates = _points.Span;
        for (int slot = start; slot < end; slot++)
        {
            _keys[slot] = coordinates[(_rows[slot] * _dimensions) + widest];
        }

        MedianSplit.Partition(_keys.AsSpan(start, end - start), _rows.AsSpan(start, end - start), middle - start);
        Split(start, middle);
        _nodes[node] = _nodes[node] with { Right = _nodes.Count };
        Split(middle, end);
    }

    private int LeastRow(int start, int end)
    {
        int least = int.MaxValue;
        foreach (int row in _rows.AsSpan(start, end - start))
        {
            least = Math.Min(least, row);
        }

        return least;
    }

    private int Bound(int node, int start, int end)
    {
        Span<double> low = _boxes.Low(node);
        Span<double> high = _boxes.High(node);
        low.Fill(double.PositiveInfinity);
        high.Fill(double.NegativeInfinity);
        for (int slot = start; slot < end; slot++)
        {
            ReadOnlySpan<float> row = _points.Row(_rows[slot]);
            for (int k = 0; k < row.Length; k++)
            {
                low[k] = Math.Min(low[k], row[k]);
                high[k] = Math.Max(high[k], row[k]);
            }
        }

        int widest = 0;
        for (int k = 1; k < _dimensions; k++)
        {
            if (high[k] - low[k] > high[widest] - low[widest])
            {
                widest = k;
            }
        }

        return widest;
    }

    private double[] Blocks()
    {
        int blocks = RowBlocks.Count(_rows.Length, LaneDistances.Lanes);
        double[] values = new double[checked(blocks * LaneDistances.Lanes * _dimensions)];
        Array.Fill(values, double.PositiveInfinity);
        for (int slot = 0; slot < _rows.Length; slot++)
        {
            int start = (slot & -LaneDistances.Lanes) * _dimensions;
            int lane = slot & (LaneDistances.Lanes - 1);
            ReadOnlySpan<float> row = _points.Row(_rows[slot]);
            for (int k = 0; k < row.Length; k++)
            {
                values[start + (k * LaneDistances.Lanes) + lane] = row[k];
            }
        }

        return values;
    }
}
