using System.Runtime.CompilerServices;
using TopicGrpc.Tables.Documents;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Reads Parquet files and Arrow IPC data, one document per row. Columns that are neither chosen nor attributes are noted.
/// </summary>
internal sealed class TableReader(InputSource source, Func<CancellationToken, Task<Stream>> open, InputNotes notes) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using DocumentTable table = await OpenAsync(cancellationToken);
        foreach (string column in table.Omitted)
        {
            notes.OmitColumn(column);
        }

        await using IAsyncEnumerator<TableDocument> rows = table.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(() => rows.MoveNextAsync()))
        {
            TableDocument row = rows.Current;
            yield return new InputDocument(row.Id, row.Text, row.Time, row.Attributes) { Row = row.Row, Embedding = row.Embedding };
        }
    }

    private async Task<DocumentTable> OpenAsync(CancellationToken cancellationToken)
    {
        Stream data = await open(cancellationToken);
        DocumentColumnNames names = new()
        {
            Text = source.Fields.Text,
            Id = source.Fields.Id,
            Time = source.Fields.Time,
            Attributes = source.Selection.Attributes,
            Embedding = source.Fields.Embedding,
        };
        TableFormat format = source.Format == InputFormat.Parquet ? TableFormat.Parquet : TableFormat.Arrow;
        return await GuardAsync(() => new ValueTask<DocumentTable>(
            DocumentTable.OpenAsync(data, format, names, new TableLimits(), cancellationToken)));
    }

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is TableException or InvalidDataException)
        {
            throw new InputException(source.Path, e.Message);
        }
        catch (IOException e)
        {
            throw new InputException(source.Path, $"cannot be read ({e.Message})");
        }
    }
}
