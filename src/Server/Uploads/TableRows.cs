using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.Tables.Documents;
using TopicGrpc.Tables.Values;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// The rows of an uploaded table as the messages of an ingest stream: open, chunks, close. Memory is bounded by one chunk and the buffers
/// of the table. A wrong row ends the stream after the chunks before it.
/// </summary>
internal sealed class TableRows(DocumentTable table, UploadStart start, IngestOptions options, CancellationToken callCancelled)
    : UploadMessages(start), IAsyncDisposable
{
    private readonly IAsyncEnumerator<TableDocument> _rows = table.ReadAsync(callCancelled).GetAsyncEnumerator(callCancelled);
    private Document? _waiting;
    private bool _isAtEnd;

    /// <summary>Returns the error of a table.</summary>
    public static ServiceException FaultOf(TableException wrong)
    {
        string column = wrong.Column is null ? "body" : ViolationList.Quote(wrong.Column);
        return Fault.InvalidField(
            wrong.Row is null ? column : FormattableString.Invariant($"rows[{wrong.Row}].{column}"), wrong.Fault);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <inheritdoc/>
    protected override async Task FillAsync(IngestDocumentsRequest.Types.Chunk chunk, CancellationToken cancellationToken)
    {
        long left = options.MaxChunkBytes - chunk.CalculateSize();
        while (chunk.Documents.Count < options.MaxChunkDocuments && (_waiting ??= await NextAsync()) is { } document)
        {
            left -= document.CalculateSize() + 8;
            if (left < 0 && chunk.Documents.Count > 0)
            {
                break;
            }

            chunk.Documents.Add(document);
            _waiting = null;
        }
    }

    private async ValueTask<Document?> NextAsync()
    {
        if (_isAtEnd || Failure is not null)
        {
            return null;
        }

        try
        {
            _isAtEnd = !await _rows.MoveNextAsync();
        }
        catch (TableException wrong)
        {
            Failure = FaultOf(wrong);
            return null;
        }

        return _isAtEnd ? null : ToProto(_rows.Current);
    }

    private static Document ToProto(TableDocument row)
    {
        Document document = new()
        {
            Id = row.Id,
            Text = row.Text,
            EventTime = row.Time is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
        foreach ((string name, string value) in row.Attributes)
        {
            document.Attributes.Add(name, value);
        }

        document.Embedding.AddRange(row.Embedding ?? []);

        return document;
    }
}
