using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests;

/// <summary>One ingest stream, seen from the client.</summary>
internal sealed class IngestCall : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> _call;

    private IngestCall(TestServer server) =>
        _call = server.Corpora.IngestDocuments(cancellationToken: TestContext.Current.CancellationToken);

    public IngestDocumentsResponse.Types.Opened Opened { get; private set; } = new();

    public static async Task<IngestCall> OpenAsync(TestServer server, string corpus, string session)
    {
        IngestCall call = new(server);
        await call._call.RequestStream.WriteAsync(
            new IngestDocumentsRequest { Open = new() { Corpus = "corpora/" + corpus, SessionId = session } });
        call.Opened = (await call.ReadAsync()).Opened;
        return call;
    }

    public Task SendAsync(long offset, params (string Id, string Text)[] documents) =>
        SendAsync(offset, [.. documents.Select(static pair => new Document { Id = pair.Id, Text = pair.Text })]);

    public Task SendAsync(long offset, params Document[] documents) =>
        _call.RequestStream.WriteAsync(new IngestDocumentsRequest { Chunk = new() { Offset = offset, Documents = { documents } } });

    public async Task<IngestDocumentsResponse> ReadAsync()
    {
        Assert.True(await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return _call.ResponseStream.Current;
    }

    public async Task<IngestDocumentsResponse.Types.Ack> ReadAckAsync() => (await ReadAsync()).Ack;

    public async Task<IngestDocumentsResponse.Types.Closed> CloseAsync(long total = 0)
    {
        await _call.RequestStream.WriteAsync(new IngestDocumentsRequest { Close = new() { TotalDocuments = total } });
        await _call.RequestStream.CompleteAsync();
        IngestDocumentsResponse response = await ReadAsync();
        while (response.Closed is null)
        {
            response = await ReadAsync();
        }

        return response.Closed;
    }

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        return ValueTask.CompletedTask;
    }
}
