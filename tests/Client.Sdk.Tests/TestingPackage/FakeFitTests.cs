using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeFitTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fake.Dispose();

    [Fact]
    public async Task IngestAndFit_Scripted_MakeAVersionWithLabels()
    {
        List<FitRequest> requests = [];
        _fake.OnFit(request =>
        {
            requests.Add(request);
            return SampleTopics.All;
        });
        using TopicGrpcClient client = _fake.CreateClient();

        IngestResult ingest = await client.IngestAsync("news", Documents(700), cancellationToken: Token);
        FitResult fit = await client.FitAsync(
            new FitRequest("news", "news") { Labels = ["stable"], Settings = new FitSettings { MinTopicSize = 15, Seed = 4 } },
            cancellationToken: Token);
        TopicList topics = await client.ListTopicsAsync("news@stable", cancellationToken: Token);
        FitInfo info = await client.Fits.GetAsync(fit.Fit, Token);
        ModelVersion version = await client.Models.GetVersionAsync("news", 1, Token);

        Assert.Equal((fit.Fit, 700L, 15), (version.Fit, version.Report!.DocumentCount, version.Report.Settings.MinTopicSize));
        Assert.Equal((700L, 700L, 0L), (ingest.Documents, ingest.Accepted, ingest.Rejected));
        Assert.Equal(700, _fake.Corpora.Documents("news").Count);
        Assert.Equal((1L, 700L, 2, 5L), (fit.Version, fit.Report.DocumentCount, fit.Report.TopicCount, fit.Report.OutlierCount));
        Assert.Equal(3, topics.Topics.Count);
        Assert.Equal((15, 4L), (requests.Single().Settings.MinTopicSize, requests.Single().Settings.Seed));
        Assert.Equal((FitState.Succeeded, 15), (info.State, info.Settings!.MinTopicSize));
        Assert.Equal([fit.Fit], (await client.Fits.ListAsync("news", Token).ToListAsync(Token)).Select(static one => one.Name));
    }

    [Fact]
    public async Task GetAsync_LargeVocabulary_ComesInPagesAndEventsLeaveItOut()
    {
        string[] words = [.. Enumerable.Range(0, 600_000).Select(static index => $"w{index}")];
        _fake.Corpora.Add("news", new TopicDocument("a", "one text"));
        _fake.OnFit(static _ => SampleTopics.All);
        using TopicGrpcClient client = _fake.CreateClient();

        FitResult fit = await client.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { Vectorizer = new VectorizerSettings { Vocabulary = words } } },
            cancellationToken: Token);
        FitInfo info = await client.Fits.GetAsync(fit.Fit, Token);
        ModelVersion version = await client.Models.GetVersionAsync("news", 1, Token);
        FitEvent last = await client.Fits.WatchAsync(fit.Fit, cancellationToken: Token).SingleAsync(Token);
        ModelVersion listed = await client.Models.ListVersionsAsync("news", Token).SingleAsync(Token);

        Assert.Equal(words, info.Settings!.Vectorizer!.Vocabulary);
        Assert.Equal(words, version.Report!.Settings.Vectorizer!.Vocabulary);
        Assert.Equal(words, fit.Report.Settings.Vectorizer!.Vocabulary);
        Assert.Equal((null, null, 1L), ((object?)last.Fit.Settings, (object?)last.Fit.Report, last.Fit.Version));
        Assert.Null(listed.Report!.Settings.Vectorizer);
        Assert.True(_fake.Calls.Count(static call => call.Method == "GetFit") > 2);
    }

    [Fact]
    public async Task FitAsync_ScriptThrows_Fails()
    {
        _fake.Corpora.Add("news", new TopicDocument("a", "one text"));
        _fake.OnFit(static _ => throw new TopicGrpcException(
            "A fit needs more documents.", new ErrorDetails { Status = TopicGrpcStatus.FailedPrecondition, Reason = "TOO_FEW_DOCUMENTS" }));
        using TopicGrpcClient client = _fake.CreateClient();

        FitFailedException failed = await Assert.ThrowsAsync<FitFailedException>(
            () => client.FitAsync(new FitRequest("news", "news"), cancellationToken: Token));

        Assert.Equal(("TOO_FEW_DOCUMENTS", FitState.Failed), (failed.Reason, failed.Fit.State));
    }

    [Fact]
    public async Task StartAsync_NotScriptedOrNoCorpus_Fails()
    {
        using TopicGrpcClient client = _fake.CreateClient();

        TopicGrpcException unscripted = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.Fits.StartAsync(new FitRequest("news", "news"), Token));
        _fake.OnFit(static _ => []);
        ResourceNotFoundException missing = await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => client.Fits.StartAsync(new FitRequest("news", "news"), Token));

        Assert.Contains("FakeTopicGrpc.OnFit", unscripted.Message, StringComparison.Ordinal);
        Assert.Equal("CORPUS_NOT_FOUND", missing.Reason);
    }

    [Fact]
    public async Task StartAsync_SameRequestId_IsTheFirstFit()
    {
        _fake.Corpora.Add("news", new TopicDocument("a", "one text"));
        _fake.OnFit(static _ => SampleTopics.All);
        using TopicGrpcClient client = _fake.CreateClient();

        FitHandle first = await client.Fits.StartAsync(new FitRequest("news", "news") { RequestId = "once" }, Token);
        FitHandle again = await client.Fits.StartAsync(new FitRequest("news", "news") { RequestId = "once" }, Token);

        Assert.Equal(first.Name, again.Name);
        Assert.Equal(1, (await client.Models.GetAsync("news", Token)).LatestVersion);
    }

    [Fact]
    public async Task IngestAndFit_GivenEmbeddings_AreKeptCheckedAndNamedByTheVersion()
    {
        _fake.OnFit(static _ => SampleTopics.All);
        using TopicGrpcClient client = _fake.CreateClient();
        await client.Corpora.CreateAsync(
            "own", new CreateCorpusOptions { GivenEmbeddings = new GivenEmbeddings { Encoder = "mine" } }, Token);
        TopicDocument[] documents =
        [
            new("a", "one") { Embedding = new float[] { 0.6f, 0.8f } },
            new("b", "two"),
            new("c", "three") { Embedding = new float[] { 1 } },
        ];

        IngestResult result = await client.Corpora.IngestAsync(
            "own", documents.ToAsyncEnumerable(), new IngestOptions { ThrowOnRejection = false }, cancellationToken: Token);
        CorpusInfo corpus = await client.Corpora.GetAsync("own", Token);
        await client.FitAsync(new FitRequest("own", "own"), cancellationToken: Token);
        ModelVersion version = await client.Models.GetVersionAsync("own", 1, Token);

        GivenEmbeddings given = new() { Dimension = 2, Encoder = "mine" };
        Assert.Equal((given, given), (corpus.GivenEmbeddings, version.GivenEmbeddings));
        Assert.Equal([0.6f, 0.8f], Assert.Single(_fake.Corpora.Documents("own")).Embedding.ToArray());
        Assert.Equal(["INVALID_FIELD", "INVALID_FIELD"], result.Rejections.Select(static rejection => rejection.Reason));
    }

    [Fact]
    public async Task IngestAsync_ConflictsDuplicatesAndABreak_AreToldAndEachIsStoredOnce()
    {
        _fake.Corpora.Add("news", new TopicDocument("d0", "document 0"), new TopicDocument("d1", "another text"));
        _fake.FailNext("IngestDocuments", FakeFailure.Unavailable());
        using TopicGrpcClient client = _fake.CreateClient();

        IngestResult result = await client.Corpora.IngestAsync(
            "news", Documents(5), new IngestOptions { ThrowOnRejection = false, ChunkDocuments = 2 }, cancellationToken: Token);

        Assert.Equal((5L, 3L, 1L, 1L, 1), (result.Documents, result.Accepted, result.Duplicates, result.Rejected, result.Reconnects));
        Assert.Equal(("d1", "DOCUMENT_CONFLICT"), (result.Rejections.Single().DocumentId, result.Rejections.Single().Reason));
        Assert.Equal(["d0", "d1", "d2", "d3", "d4"], _fake.Corpora.Documents("news").Select(static document => document.Id));
        Assert.Equal("Bonn", _fake.Corpora.Documents("news")[4].Attributes["place"]);
    }

    private static async IAsyncEnumerable<TopicDocument> Documents(int count)
    {
        for (int index = 0; index < count; index++)
        {
            await Task.Yield();
            yield return new TopicDocument($"d{index}", $"document {index}")
            {
                Attributes = new Dictionary<string, string> { ["place"] = "Bonn" },
            };
        }
    }
}
