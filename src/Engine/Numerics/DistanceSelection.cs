namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// The k smallest of a stream of squared distances. Collects more than k and removes the larger ones when its memory is full, so
/// that one distance costs constant time on average. Reused for all queries of a thread.
/// </summary>
internal sealed class DistanceSelection
{
    private readonly double[] _distances;
    private readonly int _count;
    private int _found;

    /// <param name="count">Number of distances to keep, k, 1 or more.</param>
    public DistanceSelection(int count)
    {
        _count = count;
        _distances = new double[checked(2 * count) + KdTree.LeafSize];
    }

    /// <summary>Distances above this bound are not among the k smallest.</summary>
    public double Bound { get; private set; }

    /// <summary>Starts a query.</summary>
    /// <param name="bound">Upper bound of the k-th smallest distance; infinity if none is known.</param>
    public void Start(double bound)
    {
        _found = 0;
        Bound = bound;
    }

    /// <summary>Adds a distance.</summary>
    public void Add(double distance)
    {
        if (_found == _distances.Length)
        {
            MedianSplit.Partition<double>(_distances, items: [], _count - 1);
            Bound = Math.Min(Bound, _distances[_count - 1]);
            _found = _count;
        }

        if (distance <= Bound)
        {
            _distances[_found++] = distance;
        }
    }

    /// <summary>Returns the k-th smallest distance and the one before it (the same for k = 1).</summary>
    /// <exception cref="InvalidOperationException">Fewer than k distances were within the bound.</exception>
    public (double Last, double BeforeLast) Take()
    {
        if (_found < _count)
        {
            throw new InvalidOperationException($"{_found} of {_count} distances are within the bound.");
        }

        Span<double> found = _distances.AsSpan(0, _found);
        MedianSplit.Partition(found, items: [], _count - 1);
        double last = found[_count - 1];
        double before = _count == 1 ? last : double.NegativeInfinity;
        foreach (double distance in found[..(_count - 1)])
        {
            before = Math.Max(before, distance);
        }

        return (last, before);
    }
}
