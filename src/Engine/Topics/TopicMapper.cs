namespace TopicGrpc.Engine.Topics;

/// <summary>
/// The steps from clusters to topics: one row per cluster, ascending, the outliers (−1) first if there are any. Column 0 holds the
/// cluster, each later column the topic after one more step, the last column the current topic. Immutable. BERTopic's
/// <c>topic_mapper_</c>.
/// </summary>
public sealed class TopicMapper
{
    /// <summary>Wraps recorded rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns, 2 or more.</param>
    /// <param name="values"><paramref name="rows"/> × <paramref name="columns"/> ids, row after row; not copied.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public TopicMapper(int rows, int columns, int[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} × {columns} ids expected, {values.Length} given.", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        Values = values;
    }

    /// <summary>Number of clusters, including the outliers.</summary>
    public int Rows { get; }

    /// <summary>Number of steps, 2 or more.</summary>
    public int Columns { get; }

    /// <summary>All ids, row after row.</summary>
    public int[] Values { get; }

    /// <summary>Returns the current topic of a cluster.</summary>
    /// <param name="cluster">Cluster as the cluster stage numbered it; −1 for noise.</param>
    /// <returns>The topic; −1 for an unknown cluster.</returns>
    public int TopicOf(int cluster)
    {
        // Cluster ids are consecutive, so the row follows from the id.
        int row = Rows == 0 ? -1 : cluster - Values[0];
        return row >= 0 && row < Rows ? Values[(row * Columns) + Columns - 1] : -1;
    }

    /// <summary>Returns the mapper before any step: each cluster is its own topic.</summary>
    /// <param name="clusters">Number of clusters.</param>
    /// <param name="outliers">Whether there are outliers.</param>
    /// <returns>A mapper of two columns.</returns>
    internal static TopicMapper Identity(int clusters, bool outliers)
    {
        int first = outliers ? -1 : 0;
        int rows = clusters - first;
        int[] values = new int[rows * 2];
        for (int row = 0; row < rows; row++)
        {
            values[2 * row] = values[(2 * row) + 1] = first + row;
        }

        return new TopicMapper(rows, 2, values);
    }

    /// <summary>Returns a mapper with more clusters, which divide a topic, and one more step.</summary>
    /// <param name="topic">Topic that the new clusters divide; −1 for the outliers.</param>
    /// <param name="next">Returns the new topic of a current topic, or −1.</param>
    /// <param name="parts">New topic of each new cluster.</param>
    internal TopicMapper Divide(int topic, Func<int, int> next, ReadOnlySpan<int> parts)
    {
        TopicMapper before = Append(next);
        int first = Rows == 0 ? 0 : Values[0] + Rows;
        int[] values = new int[(Rows + parts.Length) * before.Columns];
        before.Values.CopyTo(values, 0);
        for (int part = 0; part < parts.Length; part++)
        {
            // Before this step, the documents of the new cluster were in the divided topic.
            Span<int> row = values.AsSpan((Rows + part) * before.Columns, before.Columns);
            row.Fill(topic);
            row[0] = first + part;
            row[^1] = parts[part];
        }

        return new TopicMapper(Rows + parts.Length, before.Columns, values);
    }

    /// <summary>Returns a mapper with one more step.</summary>
    /// <param name="next">Returns the new topic of a current topic, or −1.</param>
    internal TopicMapper Append(Func<int, int> next)
    {
        int[] values = new int[Rows * (Columns + 1)];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<int> old = Values.AsSpan(row * Columns, Columns);
            Span<int> target = values.AsSpan(row * (Columns + 1), Columns + 1);
            old.CopyTo(target);
            target[Columns] = next(old[^1]);
        }

        return new TopicMapper(Rows, Columns + 1, values);
    }
}
