using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// Writes the events of an ingest stream, one JSON object per line. The first event is written with the second one, so that an upload whose
/// first line is wrong has an HTTP error.
/// </summary>
internal sealed class EventLines(HttpResponse response, CallBody body) : IServerStreamWriter<IngestDocumentsResponse>
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default
        .WithFormatDefaultValues(true)
        .WithTypeRegistry(Http.HttpErrors.Types));

    private string? _opened;

    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(IngestDocumentsResponse message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteAsync(IngestDocumentsResponse message, CancellationToken cancellationToken)
    {
        string line = Formatter.Format(message) + "\n";
        if (message.EventCase == IngestDocumentsResponse.EventOneofCase.Opened)
        {
            _opened = line;
            return;
        }

        await WriteLineAsync(_opened + line, cancellationToken);
        _opened = null;
    }

    /// <summary>Writes an error after the first line.</summary>
    public Task WriteErrorAsync(string status, CancellationToken cancellationToken) =>
        WriteLineAsync($$"""{ "error": {{status}} }""" + "\n", cancellationToken);

    private async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        if (!response.HasStarted)
        {
            response.ContentType = "application/x-ndjson; charset=utf-8";
        }

        body.WriteStarted();
        try
        {
            await response.WriteAsync(line, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
        finally
        {
            body.WriteEnded();
        }
    }
}
