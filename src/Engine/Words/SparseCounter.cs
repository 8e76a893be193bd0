namespace TopicGrpc.Engine.Words;

/// <summary>Counter of one sparse row at a time over many columns. Reused for all rows; not thread-safe.</summary>
internal sealed class SparseCounter(int columns)
{
    private readonly int[] _counts = new int[columns];
    private readonly List<int> _touched = [];

    public void Add(int column) => Add(column, 1);

    /// <param name="column">Column.</param>
    /// <param name="count">Count to add, 1 or more.</param>
    public void Add(int column, int count)
    {
        if (_counts[column] == 0)
        {
            _touched.Add(column);
        }

        _counts[column] += count;
    }

    /// <summary>Returns the counted columns, ascending, with their counts, and resets the counter.</summary>
    public (int[] Columns, int[] Counts) Take()
    {
        int[] result = [.. _touched];
        Array.Sort(result);
        int[] counts = new int[result.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = _counts[result[i]];
            _counts[result[i]] = 0;
        }

        _touched.Clear();
        return (result, counts);
    }
}
