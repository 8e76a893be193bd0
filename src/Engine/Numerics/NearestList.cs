namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// The k nearest rows so far, ordered by (squared distance, row). The order is total, so the list does not depend on the
/// order of insertion. Short lists are sorted at all times; long ones are a heap, whose first row is the farthest, until
/// <see cref="Complete"/> sorts it.
/// </summary>
internal ref struct NearestList(Span<double> distances, Span<int> rows)
{
    /// <summary>Longest list for which moving its rows is faster than a heap.</summary>
    private const int MaxSorted = 48;

    private readonly Span<double> _distances = distances;
    private readonly Span<int> _rows = rows;
    private readonly bool _isHeap = distances.Length > MaxSorted;

    /// <summary>Number of rows in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Largest squared distance that can still enter the list.</summary>
    public readonly double Bound => Count < _distances.Length ? double.PositiveInfinity : _distances[Farthest];

    private readonly int Farthest => _isHeap ? 0 : _distances.Length - 1;

    /// <summary>
    /// Returns whether a row of number <paramref name="row"/> or more, at <paramref name="distance"/> or more, can enter
    /// the list.
    /// </summary>
    public readonly bool Admits(double distance, int row) =>
        Count < _distances.Length || Precedes(distance, row, _distances[Farthest], _rows[Farthest]);

    /// <summary>Inserts a row if it is among the k nearest.</summary>
    public void Add(double distance, int row)
    {
        if (!Admits(distance, row))
        {
            return;
        }

        bool isFull = Count == _distances.Length;
        Count += isFull ? 0 : 1;
        if (!_isHeap)
        {
            Insert(distance, row);
        }
        else if (isFull)
        {
            Sink(distance, row, Count);
        }
        else
        {
            Rise(distance, row);
        }
    }

    /// <summary>Sorts the rows; nothing can be added afterwards.</summary>
    public readonly void Complete()
    {
        for (int end = _isHeap ? Count - 1 : 0; end > 0; end--)
        {
            (double distance, int row) = (_distances[end], _rows[end]);
            (_distances[end], _rows[end]) = (_distances[0], _rows[0]);
            Sink(distance, row, end);
        }
    }

    private static bool Precedes(double distance, int row, double otherDistance, int otherRow) =>
        distance < otherDistance || (distance == otherDistance && row < otherRow);

    private readonly void Insert(double distance, int row)
    {
        int place = Count - 1;
        while (place > 0 && Precedes(distance, row, _distances[place - 1], _rows[place - 1]))
        {
            Move(place - 1, place);
            place--;
        }

        (_distances[place], _rows[place]) = (distance, row);
    }

    /// <summary>Adds a row at the end of the heap.</summary>
    private readonly void Rise(double distance, int row)
    {
        int place = Count - 1;
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (!Precedes(_distances[parent], _rows[parent], distance, row))
            {
                break;
            }

            Move(parent, place);
            place = parent;
        }

        (_distances[place], _rows[place]) = (distance, row);
    }

    /// <summary>Replaces the first row of a heap.</summary>
    private readonly void Sink(double distance, int row, int count)
    {
        int place = 0;
        while ((2 * place) + 1 < count)
        {
            int child = (2 * place) + 1;
            if (child + 1 < count && Precedes(_distances[child], _rows[child], _distances[child + 1], _rows[child + 1]))
            {
                child++;
            }

            if (!Precedes(distance, row, _distances[child], _rows[child]))
            {
                break;
            }

            Move(child, place);
            place = child;
        }

        (_distances[place], _rows[place]) = (distance, row);
    }

    private readonly void Move(int from, int to) => (_distances[to], _rows[to]) = (_distances[from], _rows[from]);
}
