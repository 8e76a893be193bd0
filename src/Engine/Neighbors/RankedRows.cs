namespace TopicGrpc.Engine.Neighbors;

/// <summary>The nearest rows so far, sorted by (distance, index).</summary>
internal sealed class RankedRows(int capacity)
{
    private int _capacity = capacity;
    private double[] _distances = new double[capacity];
    private int[] _indices = new int[capacity];

    /// <summary>Number of rows in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Largest distance in the list; infinite until the list is full.</summary>
    public double Bound => Count < _capacity ? double.PositiveInfinity : _distances[_capacity - 1];

    public double Distance(int place) => _distances[place];

    public int Index(int place) => _indices[place];

    public void Clear() => Count = 0;

    /// <summary>Empties the list and sets its capacity; allocates only if the capacity grows.</summary>
    public void Reset(int capacity)
    {
        Count = 0;
        _capacity = capacity;
        if (_distances.Length < capacity)
        {
            _distances = new double[capacity];
            _indices = new int[capacity];
        }
    }

    /// <summary>Takes over the rows of another list.</summary>
    public void CopyFrom(RankedRows other)
    {
        Reset(other._capacity);
        Count = other.Count;
        other._distances.AsSpan(0, Count).CopyTo(_distances);
        other._indices.AsSpan(0, Count).CopyTo(_indices);
    }

    public void Offer(double distance, int index)
    {
        if (Count == _capacity && !Before(distance, index, _capacity - 1))
        {
            return;
        }

        int place = Count < _capacity ? Count++ : _capacity - 1;
        for (; place > 0 && Before(distance, index, place - 1); place--)
        {
            _distances[place] = _distances[place - 1];
            _indices[place] = _indices[place - 1];
        }

        _distances[place] = distance;
        _indices[place] = index;
    }

    private bool Before(double distance, int index, int place) =>
        distance < _distances[place] || (distance == _distances[place] && index < _indices[place]);
}
