using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>The densest points of each chosen cluster: in every leaf below it those that stay to the end.</summary>
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
            _starts[label + 1] = _starts[label] + (RowBlocks.Count(Rows[label].Length, LaneDistances.Lanes) * LaneDistances.Lanes * _dimensions);
        }

        _blocks = new double[_starts[^1]];
        Array.Fill(_blocks, double.PositiveInfinity);
        for (int label = 0; label < Rows.Length; label++)
        {
            Pack(points, Rows[label], _blocks.AsSpan(_starts[label].._starts[label + 1]));
        }
    }

    /// <summary>Rows of each label's exemplars, ascending.</summary>
    public int[][] Rows { get; }

    /// <summary>Squared distance from a point to the nearest exemplar of each label.</summary>
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

            // Exact equality is meant: the last break of a leaf drops all points that are left at one λ.
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
