namespace TopicGrpc.Tables.Values;

/// <summary>A table that is read row by row, once, with bounded memory.</summary>
internal interface ITable : IDisposable
{
    /// <summary>The columns, in the order of the file.</summary>
    IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Reads the values of some columns, row by row. The array is reused for the next row.</summary>
    /// <param name="columns">Indices of the columns; none of kind <see cref="ColumnKind.Other"/>.</param>
    /// <param name="cancellationToken">Stops between pages or batches.</param>
    /// <exception cref="TableException">The file is damaged or cut off, or exceeds a limit.</exception>
    IAsyncEnumerable<TableValue[]> ReadAsync(IReadOnlyList<int> columns, CancellationToken cancellationToken);
}
