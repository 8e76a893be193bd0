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

    private readonly CenteredCodes _codes;
    private readonly int _largestCode;
    private readonly ulong _key;
    private readonly float[] _sides;
    private readonly short[] _direction;
    private readonly List<(int Start, int End)> _leaves = [];

    /// <summary>Builds a tree.</summary>
    /// <param name="codes">Codes of the rows.</param>
    /// <param name="key">Key of the random draws.</param>
    /// <param name="cancellationToken">Cancels the construction.</param>
    public ProjectionTree(CenteredCodes codes, ulong key, CancellationToken cancellationToken)
    {
        _codes = codes;
        _largestCode = QuantizedRows.LargestQuery(codes.Stride);
        _key = key;
        Order = new int[codes.Steps.Length];
        _sides = new float[Order.Length];
        _direction = new short[codes.Stride];
        for (int row = 0; row < Order.Length; row++)
        {
            Order[row] = row;
        }

        Split(0, Order.Length, node: 1, cancellationToken);
    }

    /// <summary>Row numbers, leaf by leaf: rows that are close in this order are often near each other.</summary>
    public int[] Order { get; }

    /// <summary>Number of leaves.</summary>
    public int Leaves => _leaves.Count;

    /// <summary>Returns the rows of a leaf.</summary>
    public ReadOnlySpan<int> Leaf(int leaf) => Order.AsSpan(_leaves[leaf].Start, _leaves[leaf].End - _leaves[leaf].Start);

    private void Split(int start, int end, long node, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = end - start;
        if (count <= LeafRows)
        {
            _leaves.Add((start, end));
            return;
        }

        Aim(Order[start + CounterRandom.Below(count, _key, 2 * node)], Order[start + CounterRandom.Below(count, _key, (2 * node) + 1)]);
        Span<int> rows = Order.AsSpan(start, count);
        Span<float> sides = _sides.AsSpan(start, count);
        for (int i = 0; i < rows.Length; i++)
        {
            sides[i] = _codes.Steps[rows[i]] * QuantizedRows.Sum(_direction, _codes.Row(rows[i]));
        }

        // Split at the median rank: the tree stays balanced even if all rows are equal.
        int middle = count / 2;
        MedianSplit.Partition(sides, rows, middle);
        Split(start, start + middle, 2 * node, cancellationToken);
        Split(start + middle, end, (2 * node) + 1, cancellationToken);
    }

    /// <summary>Sets the direction from one row to another, in the largest codes whose products fit 32 bits.</summary>
    private void Aim(int one, int two)
    {
        ReadOnlySpan<sbyte> from = _codes.Row(two);
        ReadOnlySpan<sbyte> to = _codes.Row(one);
        double fromStep = _codes.Steps[two];
        double toStep = _codes.Steps[one];
        double largest = 0.0;
        for (int k = 0; k < _direction.Length; k++)
        {
            largest = Math.Max(largest, Math.Abs((to[k] * toStep) - (from[k] * fromStep)));
        }

        double factor = largest > 0.0 ? _largestCode / largest : 0.0;
        for (int k = 0; k < _direction.Length; k++)
        {
            _direction[k] = (short)Math.Round(((to[k] * toStep) - (from[k] * fromStep)) * factor);
        }
    }
}
