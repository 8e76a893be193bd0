namespace TopicGrpc.Engine.Neighbors;

/// <summary>Scratch memory of one thread for <see cref="GraphQuery"/>: the best rows so far, sorted, and the set of visited rows.</summary>
internal sealed class GraphScratch
{
    /// <summary>Places of the hash table of visited rows, a power of two; a search ends when half of them are in use.</summary>
    private const int Places = 1 << 14;
    private const uint Multiplier = 0x9E3779B1;

    // Number of the search in the high half, row in the low one: one read decides.
    private readonly ulong[] _visited = new ulong[Places];
    private float[] _scores = [];
    private int[] _rows = [];
    private bool[] _expanded = [];
    private float[] _upper = [];
    private int _search;
    private int _visits;
    private int _limit;
    private int _count;
    private int _first;

    /// <summary>Codes of the query.</summary>
    public short[] Query { get; private set; } = [];

    /// <summary>Result list.</summary>
    public RankedRows Nearest { get; } = new(0);

    /// <summary>Score that a row must exceed to be among the best, or to equal with a lower number.</summary>
    public float Worst => _count < _limit ? float.NegativeInfinity : _scores[_limit - 1];

    /// <summary>Best rows, the best first.</summary>
    public ReadOnlySpan<int> Best => _rows.AsSpan(0, _count);

    /// <summary>Returns scratch for the bounds of the entries.</summary>
    public Span<float> UpperOf(int length)
    {
        if (_upper.Length < length)
        {
            _upper = new float[length];
        }

        return _upper.AsSpan(0, length);
    }

    /// <summary>Allocates for a query.</summary>
    /// <param name="stride">Length of the query's codes.</param>
    /// <param name="most">Largest capacity of the list of the best rows.</param>
    public void Reset(int stride, int most)
    {
        if (Query.Length < stride)
        {
            Query = new short[stride];
        }

        if (_rows.Length < most)
        {
            (_scores, _rows, _expanded) = (new float[most], new int[most], new bool[most]);
        }
    }

    /// <summary>Forgets the visited rows, empties the list of the best rows and sets its capacity.</summary>
    public void Begin(int limit)
    {
        // Searches are numbered, so that the table needs no clearing until the number repeats.
        if (++_search == int.MaxValue)
        {
            Array.Clear(_visited);
            _search = 1;
        }

        _visits = 0;
        (_limit, _count, _first) = (limit, 0, 0);
    }

    /// <summary>Marks a row as visited. Returns false if it was, or if the search has visited its limit of rows.</summary>
    public bool Visit(int row)
    {
        ulong key = ((ulong)(uint)_search << 32) | (uint)row;
        uint place = ((uint)row * Multiplier) >> (32 - 14);
        while (_visited[place] >> 32 == (uint)_search)
        {
            if (_visited[place] == key)
            {
                return false;
            }

            place = (place + 1) % Places;
        }

        if (_visits == Places / 2)
        {
            return false;
        }

        _visits++;
        _visited[place] = key;
        return true;
    }

    /// <summary>Inserts a row by (score descending, row ascending) if it is among the best.</summary>
    public void Offer(float score, int row)
    {
        if (_count == _limit && !Precedes(score, row, _limit - 1))
        {
            return;
        }

        int last = _count < _limit ? _count++ : _limit - 1;
        int low = 0;
        int place = last;
        while (low < place)
        {
            int middle = (low + place) / 2;
            (low, place) = Precedes(score, row, middle) ? (low, middle) : (middle + 1, place);
        }

        int moved = last - place;
        _scores.AsSpan(place, moved).CopyTo(_scores.AsSpan(place + 1));
        _rows.AsSpan(place, moved).CopyTo(_rows.AsSpan(place + 1));
        _expanded.AsSpan(place, moved).CopyTo(_expanded.AsSpan(place + 1));
        (_scores[place], _rows[place], _expanded[place]) = (score, row, false);
        _first = Math.Min(_first, place);
    }

    /// <summary>Returns the best row that has not been expanded, and marks it; −1 if there is none.</summary>
    public int NextToExpand()
    {
        while (_first < _count && _expanded[_first])
        {
            _first++;
        }

        if (_first == _count)
        {
            return -1;
        }

        _expanded[_first] = true;
        return _rows[_first];
    }

    private bool Precedes(float score, int row, int place) =>
        score > _scores[place] || (score == _scores[place] && row < _rows[place]);
}
