using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Corpora;

public sealed class GivenEmbeddingIngestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IngestDocuments_FirstDocumentWithEmbedding_SetsTheDimensionForGood()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        Assert.Null((await ShowAsync(server)).GivenEmbeddings);
        await using (IngestCall call = await IngestCall.OpenAsync(server, "news", "s1"))
        {
            await call.SendAsync(0, Vector("a", 3, 4), Vector("b", 0, 2));
            Assert.Equal(2, (await call.ReadAckAsync()).AcceptedCount);
        }

        Assert.Equal(new GivenEmbeddings { Dimension = 2 }, (await ShowAsync(server)).GivenEmbeddings);
        Corpus listed = Assert.Single((await server.Corpora.ListCorporaAsync(new(), cancellationToken: Token)).Corpora);
        Assert.Equal(2, listed.GivenEmbeddings.Dimension);

        await server.StopAsync();
        await server.StartAgainAsync();

        listed = Assert.Single((await server.Corpora.ListCorporaAsync(new(), cancellationToken: Token)).Corpora);
        Assert.Equal(2, listed.GivenEmbeddings.Dimension);
        await using IngestCall again = await IngestCall.OpenAsync(server, "news", "s1");
        await again.SendAsync(0, Vector("a", 3, 4), Vector("b", 0, 2), Vector("c", 1, 2, 3), Vector("d", 1, 0));
        IngestDocumentsResponse.Types.Ack ack = await again.ReadAckAsync();
        Assert.Equal((1, 2), (ack.AcceptedCount, ack.DuplicateCount));
        Assert.Equal("embedding: must have 2 numbers, not 3", Assert.Single(ack.Rejections).Error.Message);
    }

    [Fact]
    public async Task IngestDocuments_EmbeddingsThatDoNotFit_AreRejectedAlone()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.Corpora.CreateCorpusAsync(
            new CreateCorpusRequest
            {
                CorpusId = "news",
                Corpus = new Corpus { GivenEmbeddings = new GivenEmbeddings { Dimension = 2, Encoder = "mine" } },
            },
            cancellationToken: Token);
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");

        await call.SendAsync(
            0,
            Vector("none"),
            Vector("short", 1),
            Vector("zero", 0, 0),
            Vector("nan", 1, float.NaN),
            Vector("infinite", float.NegativeInfinity, 1),
            Vector("huge", float.MaxValue, float.MaxValue),
            Vector("tiny", float.Epsilon, 0),
            Vector("long", new float[4097]));
        IngestDocumentsResponse.Types.Ack ack = await call.ReadAckAsync();

        Assert.Equal(2, ack.AcceptedCount);
        Assert.Equal(
            [
                "none embedding: must have 2 numbers: clients give the embeddings of this corpus",
                "short embedding: must have 2 numbers, not 1",
                "zero embedding: must not be all zero",
                "nan embedding[1]: must be a finite number",
                "infinite embedding[0]: must be a finite number",
                "long embedding: at most 4096 elements, 4097 given.",
            ],
            ack.Rejections.Select(static rejection => $"{rejection.DocumentId} {rejection.Error.Message}"));
        Assert.All(ack.Rejections, static rejection => Assert.Equal((int)StatusCode.InvalidArgument, rejection.Error.Code));
    }

    [Fact]
    public async Task IngestDocuments_EmbeddingForACorpusOfTheEncoder_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");

        await call.SendAsync(0, Vector("a"), Vector("b", 1, 2));
        IngestDocumentsResponse.Types.Ack ack = await call.ReadAckAsync();

        Assert.Equal(1, ack.AcceptedCount);
        Assert.Equal(
            "embedding: must be absent: the encoder of the server embeds the documents of this corpus",
            Assert.Single(ack.Rejections).Error.Message);
        Assert.Null((await ShowAsync(server)).GivenEmbeddings);
    }

    [Fact]
    public async Task IngestDocuments_SameTextOtherEmbedding_IsAConflict()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", "s1");

        await call.SendAsync(0, Vector("a", 3, 4), Vector("a", 6, 8), Vector("a", 4, 3));
        IngestDocumentsResponse.Types.Ack ack = await call.ReadAckAsync();

        // Both (3, 4) and (6, 8) are (.6, .8) at length 1.
        Assert.Equal((1, 1), (ack.AcceptedCount, ack.DuplicateCount));
        Assert.Equal((int)StatusCode.AlreadyExists, Assert.Single(ack.Rejections).Error.Code);
    }

    [Fact]
    public async Task CreateCorpus_DimensionOutOfRange_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();

        CreateCorpusRequest request = new() { CorpusId = "news", Corpus = new() { GivenEmbeddings = new() { Dimension = 4097 } } };
        RpcException rejected = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Corpora.CreateCorpusAsync(request, cancellationToken: Token));

        Assert.Equal(StatusCode.InvalidArgument, rejected.StatusCode);
        Assert.Contains("corpus.given_embeddings.dimension", rejected.Status.Detail, StringComparison.Ordinal);
    }

    private static Document Vector(string id, params float[] embedding) => new() { Id = id, Text = "text", Embedding = { embedding } };

    private static async Task<Corpus> ShowAsync(TestServer server) =>
        (await server.Corpora.GetCorpusAsync(new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus;
}
