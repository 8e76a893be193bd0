using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// A random-projection tree (Dasgupta and Freund 2008): each node splits its rows in half along the direction between two
/// random rows, down to leaves of at most 192 rows. Near rows often share a leaf.
/// </summary>
internal sealed class ProjectionTree
{
    /// <summary>Maximum number of rows per leaf.</summary>
    public const int LeafRows = 192;

    private readonly Matrix _rows;
    private readonly RowGeometry _geometry;
    private readonly ulong _key;
    private readonly int[] _order;
    private readonly float[] _sides;
    private readonly float[] _direction;
    private readonly List<(int Start, int End)> _leaves = [];

    /// <summary>Builds a tree.</summary>
    /// <param name="rows">Vectors, n × d.</param>
    /// <param name="geometry">Scale factors of the rows.</param>
    /// <param name="key">Key of the random draws.</param>
    /// <param name="cancellationToken">Cancels the construction.</param>
    public ProjectionTree(Matrix rows, RowGeometry geometry, ulong key, CancellationToken cancellationToken)
    {
        _rows = rows;
        _geometry = geometry;
        _key = key;
        _order = new int[rows.Rows];
        _sides = new float[rows.Rows];
        _direction = new float[rows.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            _order[row] = row;
        }

        Split(0, rows.Rows, node: 1, cancellationToken);
    }

    /// <summary>Number of leaves.</summary>
    public int Leaves => _leaves.Count;

    /// <summary>Returns the rows of a leaf.</summary>
    public ReadOnlySpan<int> Leaf(int leaf) => _order.AsSpan(_leaves[leaf].Start, _leaves[leaf].End - _leaves[leaf].Start);

    private void Split(int start, int end, long node, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = end - start;
        if (count <= LeafRows)
        {
            _leaves.Add((start, end));
            return;
        }

        int one = _order[start + CounterRandom.Below(count, _key, 2 * node)];
        int two = _order[start + CounterRandom.Below(count, _key, (2 * node) + 1)];
        TensorPrimitives.Multiply(_rows.Row(two), -_geometry.Scales[two], _direction);
        TensorPrimitives.MultiplyAdd(_rows.Row(one), _geometry.Scales[one], _direction, _direction);
        for (int i = start; i < end; i++)
        {
            _sides[i] = _geometry.Scales[_order[i]] * TensorPrimitives.Dot<float>(_direction, _rows.Row(_order[i]));
        }

        // Split at the median rank: the tree stays balanced even if all rows are equal.
        _sides.AsSpan(start, count).Sort(_order.AsSpan(start, count));
        int middle = start + (count / 2);
        Split(start, middle, 2 * node, cancellationToken);
        Split(middle, end, (2 * node) + 1, cancellationToken);
    }
}
