namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// The k nearest rows so far, ordered by (squared distance, row). The order is total, so the list does not depend on the
/// order of insertion.
/// </summary>
internal ref struct NearestList(Span<double> distances, Span<int> rows)
{
    private readonly Span<double> _distances = distances;
    private readonly Span<int> _rows = rows;

    /// <summary>Number of rows in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Largest squared distance that can still enter the list.</summary>
    public readonly double Bound => Count < _distances.Length ? double.PositiveInfinity : _distances[^1];

    /// <summary>
    /// Returns whether a row of number <paramref name="row"/> or more, at <paramref name="distance"/> or more, can enter
    /// the list.
    /// </summary>
    public readonly bool Admits(double distance, int row) =>
        Count < _distances.Length || Precedes(distance, row, _distances[^1], _rows[^1]);

    /// <summary>Inserts a row if it is among the k nearest.</summary>
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
