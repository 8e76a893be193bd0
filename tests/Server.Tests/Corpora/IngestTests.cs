using Google.Rpc;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Corpora;

public sealed class IngestTests
{
    [Fact]
    public async Task IngestDocuments_TwoChunks_AcknowledgesAllAndCounts()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");

        await call.SendAsync(0, ("a", "one"), ("b", "two"));
        await call.SendAsync(2, ("c", ""));
        IngestDocumentsResponse.Types.Closed closed = await call.CloseAsync(total: 3);

        Assert.Equal(3, closed.Session.NextOffset);
        Assert.Equal(3, closed.Corpus.DocumentCount);
        Assert.Equal(6, closed.Corpus.TextBytes);
    }

    [Fact]
    public async Task IngestDocuments_SessionTakenUpAgain_GoesOnWhereItStoodAndStoresNothingTwice()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using (IngestCall first = await IngestCall.OpenAsync(server, "news", "s1"))
        {
            await first.SendAsync(0, ("a", "one"), ("b", "two"));
            Assert.Equal(2, (await first.ReadAckAsync()).CommittedOffset);
        }

        await using IngestCall second = await IngestCall.OpenAsync(server, "news", "s1");
        Assert.Equal(2, second.Opened.Session.NextOffset);
        await second.SendAsync(0, ("a", "one"), ("b", "two"), ("c", "three"));
        IngestDocumentsResponse.Types.Ack ack = await second.ReadAckAsync();

        Assert.Equal(3, ack.CommittedOffset);
        Assert.Equal(1, ack.AcceptedCount);
        Assert.Equal(2, ack.DuplicateCount);
        Assert.Equal(3, (await second.CloseAsync(3)).Corpus.DocumentCount);
    }

    [Fact]
    public async Task IngestDocuments_DocumentsThatCannotBeTaken_RejectsThemAndGoesOn()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");

        await call.SendAsync(
            0,
            ("a", "one"),
            ("a", "another"),
            ("", "no id"),
            ("long", new string('x', (1 << 20) + 1)),
            (new string('i', 257), "id"),
            ("a", "one"),
            ("b", "two"));
        IngestDocumentsResponse.Types.Ack ack = await call.ReadAckAsync();

        Assert.Equal(7, ack.CommittedOffset);
        Assert.Equal(2, ack.AcceptedCount);
        Assert.Equal(1, ack.DuplicateCount);
        Assert.Equal([1L, 2L, 3L, 4L], ack.Rejections.Select(static rejection => rejection.Offset));
        Assert.Equal(
            ["DOCUMENT_CONFLICT", "INVALID_FIELD", "INPUT_TOO_LARGE", "INPUT_TOO_LARGE"],
            ack.Rejections.Select(static rejection => rejection.Error.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal(4, (await call.CloseAsync(7)).Session.RejectedCount);
    }

    [Fact]
    public async Task IngestDocuments_Gap_SaysWhereToGoOn()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");
        await call.SendAsync(0, ("a", "one"));
        await call.ReadAckAsync();

        await call.SendAsync(5, ("b", "two"));
        RpcException exception = await Refusal.ExpectAsync(StatusCode.OutOfRange, "OFFSET_GAP", call.ReadAckAsync);

        Assert.Equal("1", exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["nextOffset"]);
    }

    [Fact]
    public async Task IngestDocuments_SecondConnectionOfASession_EndsTheFirst()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall first = await IngestCall.OpenAsync(server, "news", "s1");
        await using IngestCall second = await IngestCall.OpenAsync(server, "news", "s1");

        await first.SendAsync(0, ("a", "one"));

        await Refusal.ExpectAsync(StatusCode.Aborted, "SESSION_TAKEN_OVER", first.ReadAckAsync);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeleteCorpus_OpenIngestStream_EndsItAsNotFound(bool isSending)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");
        await call.SendAsync(0, ("a", "one"));
        await call.ReadAckAsync();
        Task sent = isSending ? call.SendAsync(1, ("b", "two")) : Task.CompletedTask;

        await server.Corpora.DeleteCorpusAsync(
            new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: TestContext.Current.CancellationToken);
        await Refusal.ExpectAsync(StatusCode.NotFound, "CORPUS_NOT_FOUND", async () =>
        {
            // The chunk that was under way may still have been stored and acknowledged.
            while (await call.ReadAckAsync() is not null)
            {
            }
        });

        await sent;
        Assert.False(Directory.Exists(Path.Combine(server.DataDirectory, "corpora", "news")));
    }

    [Fact]
    public async Task IngestDocuments_UnknownCorpus_IsNotFound()
    {
        await using TestServer server = await TestServer.StartAsync();

        await Refusal.ExpectAsync(StatusCode.NotFound, "CORPUS_NOT_FOUND", () => IngestCall.OpenAsync(server, "missing", "s1"));
    }

    [Fact]
    public async Task StopAsync_OpenIngestStream_EndsItAsDraining()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");
        await call.SendAsync(0, ("a", "one"));
        await call.ReadAckAsync();

        Task<RpcException> ended = Refusal.ExpectAsync(StatusCode.Unavailable, "SERVER_DRAINING", call.ReadAckAsync);
        await server.StopHostAsync();
        await ended;
    }
}
