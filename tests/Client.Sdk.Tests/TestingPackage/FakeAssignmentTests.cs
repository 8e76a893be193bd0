using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeAssignmentTests : IDisposable
{
    private static readonly ListDocumentsOptions Archive = new() { Corpus = "archive" };

    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FakeAssignmentTests() => _client = _fake.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public async Task AssignAsync_ScriptedPredictions_AreStoredForTheCorpus()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Corpora.Add("archive", new TopicDocument("a", "rocket"), new TopicDocument("b", "other"));
        _fake.OnPredict((_, text) => text == "rocket" ? 0 : -1);

        FitHandle job = await _client.Fits.AssignAsync("news", "archive", cancellationToken: Token);
        FitResult result = await job.WaitAsync(cancellationToken: Token);

        Assert.Equal(("news", 1L), (result.Model, result.Version));
        Assert.Equal(FitKind.Assignment, (await job.GetAsync(Token)).Kind);
        List<DocumentTopic> all = await _client.Topics.ListDocumentsAsync("news", Archive, Token).ToListAsync(Token);
        Assert.Equal([("a", 0), ("b", -1)], all.Select(static document => (document.DocumentId, document.TopicId)));
        List<DocumentTopic> one = await _client.Topics.ListDocumentsAsync("news", Archive with { TopicId = 0 }, Token).ToListAsync(Token);
        Assert.Equal("a", Assert.Single(one).DocumentId);
    }

    [Fact]
    public async Task ListDocumentsAsync_CorpusBeforeAnAssignment_SaysSo()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Corpora.Add("archive", new TopicDocument("a", "rocket"));

        TopicGrpcException error = await Assert.ThrowsAnyAsync<TopicGrpcException>(
            () => _client.Topics.ListDocumentsAsync("news", Archive, Token).ToListAsync(Token).AsTask());

        Assert.Contains("AssignCorpus", error.Message, StringComparison.Ordinal);
    }
}
