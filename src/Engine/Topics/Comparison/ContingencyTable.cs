namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Number of items with each pair of labels of two partitions.</summary>
internal sealed class ContingencyTable
{
    public ContingencyTable(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} and {second.Length} labels cannot be compared.", nameof(second));
        }

        int[] rows = Numbers(first, out int rowCount);
        int[] columns = Numbers(second, out int columnCount);
        RowSums = new int[rowCount];
        ColumnSums = new int[columnCount];
        for (int i = 0; i < rows.Length; i++)
        {
            RowSums[rows[i]]++;
            ColumnSums[columns[i]]++;
            Cells[(rows[i], columns[i])] = Cells.GetValueOrDefault((rows[i], columns[i])) + 1;
        }
    }

    public Dictionary<(int Row, int Column), int> Cells { get; } = [];

    public int[] RowSums { get; }

    public int[] ColumnSums { get; }

    private static int[] Numbers(ReadOnlySpan<int> labels, out int count)
    {
        Dictionary<int, int> numbers = [];
        int[] result = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            if (!numbers.TryGetValue(labels[i], out int number))
            {
                number = numbers.Count;
                numbers.Add(labels[i], number);
            }

            result[i] = number;
        }

        count = numbers.Count;
        return result;
    }
}
