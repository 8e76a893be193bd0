using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>Exemplars of each selected cluster: the points with the largest λ of every leaf in the cluster's subtree.</summary>
internal sealed class Exemplars
{
    private readonly int _dimensions;
    private readonly double[] _blocks;
    private readonly int[] _starts;

    public Exemplars(ClusterSelection selection, Matrix points)
    {
        _dimensions = points.Columns;
        Rows = RowsByLabel(selection);
        _starts = new int[Rows.Length + 1];
        for (int label = 0; label < Rows.Length; label++)
        {
            int blocks = RowBlocks.Count(Rows[label].Length, LaneDistances.Lanes);
            _starts[label + 1] = _starts[label] + (blocks * LaneDistances.Lanes * _dimensions);
        }

        _blocks = new double[_starts[^1]];
        Array.Fill(_blocks, double.PositiveInfinity);
        for (int label = 0; label < Rows.Length; label++)
        {
            Pack(points, Rows[label], _blocks.AsSpan(_starts[label].._starts[label + 1]));
        }
    }

    /// <summary>Row numbers of each label's exemplars, ascending.</summary>
    public int[][] Rows { get; }

    /// <summary>Computes the squared distance from a point to the nearest exemplar of each label.</summary>
    public void SquaredDistances(ReadOnlySpan<double> point, Span<double> distances)
    {
        for (int label = 0; label < Rows.Length; label++)
        {
            distances[label] = LaneDistances.Minimum(_blocks.AsSpan(_starts[label].._starts[label + 1]), point);
        }
    }

    private static int[][] RowsByLabel(ClusterSelection selection)
    {
        CondensedTree tree = selection.Tree;
        var rows = new List<int>[selection.Selected.Length];
        for (int label = 0; label < rows.Length; label++)
        {
            rows[label] = [];
        }

        for (int point = 0; point < tree.PointCount; point++)
        {
            int cluster = tree.PointCluster[point];
            int label = selection.Owner[cluster];

            // Exact equality is intended: all points that remain at the last split of a leaf have the same λ.
            if (label >= 0 && tree.IsLeaf(cluster) && tree.PointLambda[point] == tree.DirectMaximum[cluster])
            {
                rows[label].Add(point);
            }
        }

        return Array.ConvertAll(rows, list => list.ToArray());
    }

    private void Pack(Matrix points, int[] rows, Span<double> blocks)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int start = i / LaneDistances.Lanes * LaneDistances.Lanes * _dimensions;
            ReadOnlySpan<float> row = points.Row(rows[i]);
            for (int k = 0; k < row.Length; k++)
            {
                blocks[start + (k * LaneDistances.Lanes) + (i % LaneDistances.Lanes)] = row[k];
            }
        }
    }
}
