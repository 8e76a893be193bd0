namespace TopicGrpc.Engine.Numerics;

/// <summary>The k nearest rows seen so far, by (squared distance, row): equal distances are ordered by row, so the list does not depend on the order of arrival.</summary>
internal ref struct NearestList(Span<double> distances, Span<int> rows)
{
    private readonly Span<double> _distances = distances;
    private readonly Span<int> _rows = rows;

    /// <summary>Rows in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Nothing above this distance enters the list.</summary>
    public readonly double Bound => Count < _distances.Length ? double.PositiveInfinity : _distances[^1];

    /// <summary>Whether a row numbered <paramref name="row"/> or higher, at <paramref name="distance"/> or more, can still enter.</summary>
    public readonly bool Admits(double distance, int row) =>
        Count < _distances.Length || Precedes(distance, row, _distances[^1], _rows[^1]);

    /// <summary>Offers one row.</summary>
    public void Add(double distance, int row)
    {
        int place = Count;
        if (place == _distances.Length)
        {
            place--;
            if (!Precedes(distance, row, _distances[place], _rows[place]))
            {
                return;
            }
        }
        else
        {
            Count++;
        }

        while (place > 0 && Precedes(distance, row, _distances[place - 1], _rows[place - 1]))
        {
            _distances[place] = _distances[place - 1];
            _rows[place] = _rows[place - 1];
            place--;
        }

        _distances[place] = distance;
        _rows[place] = row;
    }

    private static bool Precedes(double distance, int row, double otherDistance, int otherRow) =>
        distance < otherDistance || (distance == otherDistance && row < otherRow);
}
