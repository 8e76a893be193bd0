using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.Tables.Documents;
using TopicGrpc.Tables.Values;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// The rows of an uploaded table as the messages of an ingest stream: open, chunks, close. Memory is bounded by one chunk and the buffers
/// of the
/// table. A wrong row ends the stream after the chunks before it.
/// </summary>
internal sealed class TableRows(DocumentTable table, UploadStart start, IngestOptions options, CancellationToken callCancelled)
    : IAsyncStreamReader<IngestDocumentsRequest>, IAsyncDisposable
{
    private readonly IAsyncEnumerator<TableDocument> _rows = table.ReadAsync(callCancelled).GetAsyncEnumerator(callCancelled);
    private Document? _waiting;
    private ServiceException? _failure;
    private bool _isOpen;
    private bool _isAtEnd;
    private bool _isClosed;
    private long _documents;

    /// <inheritdoc/>
    public IngestDocumentsRequest Current { get; private set; } = new();

    /// <summary>Returns the error of a table.</summary>
    public static ServiceException FaultOf(TableException wrong)
    {
        string column = wrong.Column is null ? "body" : ViolationList.Quote(wrong.Column);
        return Fault.InvalidField(
            wrong.Row is null ? column : FormattableString.Invariant($"rows[{wrong.Row}].{column}"), wrong.Fault);
    }

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isOpen)
        {
            _isOpen = true;
            Current = new IngestDocumentsRequest
            {
                Open = new IngestDocumentsRequest.Types.Open { Corpus = start.Corpus, SessionId = start.SessionId },
            };
            return true;
        }

        IngestDocumentsRequest.Types.Chunk chunk = await ReadChunkAsync();
        if (chunk.Documents.Count > 0)
        {
            Current = new IngestDocumentsRequest { Chunk = chunk };
            return true;
        }

        if (_failure is not null)
        {
            throw _failure;
        }

        if (_isClosed)
        {
            return false;
        }

        _isClosed = true;
        Current = new IngestDocumentsRequest
        {
            Close = new IngestDocumentsRequest.Types.Close { TotalDocuments = start.Offset + _documents },
        };
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async Task<IngestDocumentsRequest.Types.Chunk> ReadChunkAsync()
    {
        IngestDocumentsRequest.Types.Chunk chunk = new() { Offset = start.Offset + _documents };
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

        _documents += chunk.Documents.Count;
        return chunk;
    }

    private async ValueTask<Document?> NextAsync()
    {
        if (_isAtEnd || _failure is not null)
        {
            return null;
        }

        try
        {
            _isAtEnd = !await _rows.MoveNextAsync();
        }
        catch (TableException wrong)
        {
            _failure = FaultOf(wrong);
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
