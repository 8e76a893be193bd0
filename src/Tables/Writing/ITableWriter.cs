using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>Writes a table row by row with bounded memory.</summary>
internal interface ITableWriter : IAsyncDisposable
{
    /// <summary>Writes a row; the array may be reused afterwards.</summary>
    /// <param name="row">One value per column, null or of the kind of the column.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    ValueTask WriteAsync(TableValue[] row, CancellationToken cancellationToken);

    /// <summary>Writes what is left, and the end of the format. A table without it is not complete.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
