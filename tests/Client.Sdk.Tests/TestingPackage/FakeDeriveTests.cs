using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeDeriveTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FakeDeriveTests()
    {
        _client = _fake.CreateClient();
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.SetDocuments(
            "news", 1, new DocumentTopic("a", 0, 1, true), new DocumentTopic("b", 0, 1, false), new DocumentTopic("c", 1, 1, true), new DocumentTopic("d", -1, 0, false));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public async Task DeriveAsync_Labels_AreSetInANewVersion()
    {
        FitOperation operation = await _client.Models.DeriveAsync(
            "news@1", new SetTopicLabels(new Dictionary<int, string> { [0] = "Graphics", [1] = "" }), new DeriveOptions { Labels = ["stable"], RequestId = "once" }, Token);
        FitOperation again = await _client.Models.DeriveAsync("news@1", new SetTopicLabels(new Dictionary<int, string> { [0] = "Other" }), new DeriveOptions { RequestId = "once" }, Token);
        FitResult result = await operation.WaitAsync(cancellationToken: Token);
        FitInfo fit = await operation.GetAsync(Token);
        ModelVersion version = await _client.Models.GetVersionAsync("news", 2, Token);

        Assert.Equal(operation.Name, again.Name);
        Assert.Equal((2L, 2, 5L), (result.Version, result.Report.TopicCount, result.Report.OutlierCount));
        Assert.Equal(["", "Graphics", ""], (await _client.ListTopicsAsync("news@stable", cancellationToken: Token)).Topics.Select(static topic => topic.Label));
        Assert.Equal(["", "", "Space"], (await _client.ListTopicsAsync("news@1", cancellationToken: Token)).Topics.Select(static topic => topic.Label));
        Assert.Equal((1L, true, 20L), (fit.ParentVersion, fit.Operation is SetTopicLabels, fit.DocumentCount));
        Assert.Equal((1L, true, operation.Name), (version.ParentVersion, version.Operation is SetTopicLabels, version.Fit));
        Assert.Equal([operation.Name], (await _client.Fits.ListAsync("news", Token).ToListAsync(Token)).Select(static one => one.Name));
    }

    [Fact]
    public async Task DeriveAsync_DeletedTopic_GoesToTheOutliers()
    {
        TopicList topics = await DeriveAsync(new DeleteTopics([0]));

        Assert.Equal([(-1, 15L, "-1_the_of", ""), (0, 5L, "0_space_orbit", "uid-1")], topics.Topics.Select(static topic => (topic.Id, topic.Count, topic.Name, topic.Uid)));
        Assert.Equal("Space", topics.Topics[1].Label);
        Assert.Equal(
            [("a", -1), ("b", -1), ("c", 0), ("d", -1)],
            (await _client.Topics.ListDocumentsAsync("news@2", cancellationToken: Token).ToListAsync(Token)).Select(static document => (document.DocumentId, document.TopicId)));
    }

    [Fact]
    public async Task DeriveAsync_MergedTopics_GoOnAsTheLargest()
    {
        _fake.Models.Add("news", new TopicInfo { Id = 0, Name = "0_a", Uid = "uid-a", Count = 9 }, new TopicInfo { Id = 1, Name = "b", Uid = "uid-b", Count = 7, Label = "B" }, new TopicInfo { Id = 2, Name = "2_c", Uid = "uid-c", Count = 6, Label = "C" });

        TopicList topics = await DeriveAsync(new MergeTopics([[2, 1]]));

        Assert.Equal([(0, 13L, "b", "uid-b", ""), (1, 9L, "1_a", "uid-a", "")], topics.Topics.Select(static topic => (topic.Id, topic.Count, topic.Name, topic.Uid, topic.Label)));
    }

    [Fact]
    public async Task DeriveAsync_GroupThatBeginsWithTheOutliers_JoinsThem()
    {
        TopicList topics = await DeriveAsync(new MergeTopics([[-1, 1]]));

        Assert.Equal([(-1, 10L), (0, 10L)], topics.Topics.Select(static topic => (topic.Id, topic.Count)));
    }

    [Fact]
    public async Task DeriveAsync_FewerWords_AreTheFirst()
    {
        TopicList topics = await DeriveAsync(new UpdateTopics { TopWordCount = 1 });

        Assert.Equal([[], ["gpu"], ["space"]], topics.Topics.Select(static topic => topic.Words.Select(static word => word.Term).ToArray()));
    }

    [Fact]
    public async Task DeriveAsync_WhatTakesAnEngine_IsACopy()
    {
        TopicList topics = await DeriveAsync(new ReduceTopics(TopicReduction.To(2)));

        Assert.Equal([(-1, 5L), (0, 10L), (1, 5L)], topics.Topics.Select(static topic => (topic.Id, topic.Count)));
    }

    [Fact]
    public async Task DeriveAsync_Scripted_HasThoseTopics()
    {
        List<(string Parent, VersionOperation Operation)> asked = [];
        _fake.OnDerive((parent, operation) =>
        {
            asked.Add((parent.ToString(), operation));
            return SampleTopics.All[..2];
        });

        TopicList topics = await DeriveAsync(new ReduceTopics(TopicReduction.To(2)));

        Assert.Equal([-1, 1], topics.Topics.Select(static topic => topic.Id));
        Assert.Equal([("news@1", new ReduceTopics(TopicReduction.To(2)))], asked);
    }

    [Fact]
    public async Task DeriveAsync_ScriptThrows_Fails()
    {
        _fake.OnDerive(static (_, _) => throw new TopicGrpcException("No.", new ErrorDetails { Status = TopicGrpcStatus.FailedPrecondition, Reason = "NOT_AVAILABLE" }));
        FitOperation operation = await _client.Models.DeriveAsync("news", new ReduceOutliers(), cancellationToken: Token);

        FitFailedException failed = await Assert.ThrowsAsync<FitFailedException>(() => operation.WaitAsync(cancellationToken: Token));

        Assert.Equal(("NOT_AVAILABLE", 1L), (failed.Reason, (await _client.Models.GetAsync("news", Token)).LatestVersion));
    }

    [Fact]
    public async Task DeriveAsync_UnknownTopicOrVersion_IsRefusedAtOnce()
    {
        foreach (VersionOperation wrong in new VersionOperation[]
        {
            new DeleteTopics([7]),
            new DeleteTopics([-1]),
            new SetTopicLabels(new Dictionary<int, string> { [7] = "x" }),
            new MergeTopics([[0]]),
            new MergeTopics([[0, 7]]),
            new MergeTopics([[0, 1], [1, -1]]),
        })
        {
            await Assert.ThrowsAsync<InvalidRequestException>(() => _client.Models.DeriveAsync("news", wrong, cancellationToken: Token));
        }

        await Assert.ThrowsAsync<ModelNotFoundException>(() => _client.Models.DeriveAsync("news@9", new DeleteTopics([0]), cancellationToken: Token));
        Assert.Empty(await _client.Fits.ListAsync(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task CompareAsync_TwoVersions_AreMatchedByTheirIds()
    {
        _fake.Models.Add("news", SampleTopics.All[0] with { Id = 0 }, new TopicInfo { Id = 1, Uid = "uid-new", Name = "1_sea", Count = 3 });
        _fake.Models.SetDocuments("news", 2, new DocumentTopic("a", 1, 1, true), new DocumentTopic("b", 1, 1, false), new DocumentTopic("c", 0, 1, true), new DocumentTopic("e", 0, 1, true));

        VersionComparison comparison = await _client.Models.CompareAsync("news@1", "news@2", Token);

        Assert.Equal(("news@1", "news@2", 3L), (comparison.Before.ToString(), comparison.After.ToString(), comparison.SharedDocumentCount));
        Assert.Equal(
            [(TopicChange.Removed, 0, null), (TopicChange.Kept, 1, 0), (TopicChange.Added, null, 1)],
            comparison.Matches.Select(static match => (match.Change, match.Before?.Id, match.After?.Id)));
        Assert.Equal((1.0, 1L), (comparison.Matches[1].DocumentOverlap, comparison.Matches[1].SharedDocumentCount));
        Assert.Equal(1, comparison.Matches[1].TermSimilarity!.Value, 12);

        // The same partition under other numbers; of three shared documents one stayed in a topic of the same uid.
        Assert.Equal((1.0, 1 / 3.0), (comparison.AdjustedRandIndex, comparison.UidStability));
    }

    [Fact]
    public async Task CompareAsync_TopicsWithoutUidsOrDocuments_AreMatchedByNumber()
    {
        _fake.Models.Add("mail", new TopicInfo { Id = 0, Name = "0_x", Count = 3 }, new TopicInfo { Id = 1, Name = "1_y", Count = 2 });

        VersionComparison comparison = await _client.Models.CompareAsync("mail", "news", Token);

        Assert.Equal([TopicChange.Kept, TopicChange.Kept], comparison.Matches.Select(static match => match.Change));
        Assert.Equal((0L, null, null), (comparison.SharedDocumentCount, comparison.AdjustedRandIndex, comparison.UidStability));
        await Assert.ThrowsAsync<ModelNotFoundException>(() => _client.Models.CompareAsync("news@1", "news@9", Token));
    }

    private async Task<TopicList> DeriveAsync(VersionOperation operation)
    {
        ModelSelector newest = new("news") { Version = (await _client.Models.GetAsync("news", Token)).LatestVersion };
        FitOperation running = await _client.Models.DeriveAsync(newest, operation, cancellationToken: Token);
        FitResult result = await running.WaitAsync(cancellationToken: Token);
        return await _client.ListTopicsAsync(newest with { Version = result.Version }, cancellationToken: Token);
    }
}
