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
        _fake.OnDerive(static (_, operation) => SampleTopics.All.Select(topic =>
            ((SetTopicLabels)operation).Labels.TryGetValue(topic.Id, out string? label) ? topic with { Label = label } : topic));
        FitHandle operation = await _client.Models.DeriveAsync(
            "news@1",
            new SetTopicLabels(new Dictionary<int, string> { [0] = "Graphics", [1] = "" }),
            new DeriveOptions { Labels = ["stable"], RequestId = "once" },
            Token);
        FitHandle again = await _client.Models.DeriveAsync(
            "news@1", new SetTopicLabels(new Dictionary<int, string> { [0] = "Other" }), new DeriveOptions { RequestId = "once" }, Token);
        FitResult result = await operation.WaitAsync(cancellationToken: Token);
        FitInfo fit = await operation.GetAsync(Token);
        ModelVersion version = await _client.Models.GetVersionAsync("news", 2, Token);

        Assert.Equal(operation.Name, again.Name);
        Assert.Equal((2L, 2, 5L), (result.Version, result.Report.TopicCount, result.Report.OutlierCount));
        Assert.Equal(
            ["", "Graphics", ""],
            (await _client.ListTopicsAsync("news@stable", cancellationToken: Token)).Topics.Select(static topic => topic.Label));
        Assert.Equal(
            ["", "", "Space"],
            (await _client.ListTopicsAsync("news@1", cancellationToken: Token)).Topics.Select(static topic => topic.Label));
        Assert.Equal((1L, true, 20L), (fit.ParentVersion, fit.Operation is SetTopicLabels, fit.DocumentCount));
        Assert.Equal((1L, true, operation.Name), (version.ParentVersion, version.Operation is SetTopicLabels, version.Fit));
        Assert.Equal([operation.Name], (await _client.Fits.ListAsync("news", Token).ToListAsync(Token)).Select(static one => one.Name));
    }

    [Fact]
    public async Task DeriveAsync_EveryOperation_ReachesTheScriptUnchanged()
    {
        VersionOperation[] operations =
        [
            new DeleteTopics([0]),
            new MergeTopics([[2, 1], [-1, 0]]),
            new UpdateTopics { TopWordCount = 1 },
            new UpdateTopics { Topics = new Dictionary<string, int> { ["a"] = -1 } },
            new ReduceTopics(TopicReduction.To(2)),
            new ReduceTopics(TopicReduction.Auto),
            new ReduceOutliers(OutlierStrategy.Embeddings, 0.5),
            new SetTopicLabels(new Dictionary<int, string> { [0] = "x" }),
            new MergeModels(["sport@3"], 0.9),
        ];
        List<VersionOperation> asked = [];
        _fake.OnDerive((_, operation) =>
        {
            asked.Add(operation);
            return SampleTopics.All;
        });

        foreach (VersionOperation operation in operations)
        {
            await DeriveAsync(operation);
        }

        Assert.Equal(operations.Select(static operation => operation.GetType()), asked.Select(static operation => operation.GetType()));
        Assert.Equivalent(operations, asked, strict: true);
    }

    [Fact]
    public async Task DeriveAsync_TopicsOfTheScript_AreSortedByNumber()
    {
        _fake.OnDerive(
            static (_, _) => [new TopicInfo { Id = 0, Name = "0_b", Count = 3 }, new TopicInfo { Id = -1, Name = "-1_a", Count = 9 }]);

        TopicList topics = await DeriveAsync(new DeleteTopics([1]));

        Assert.Equal([(-1, 9L, "-1_a"), (0, 3L, "0_b")], topics.Topics.Select(static topic => (topic.Id, topic.Count, topic.Name)));
    }

    [Fact]
    public async Task DeriveAsync_NotScripted_NamesTheMemberThatScriptsIt()
    {
        TopicGrpcException failure = await Assert.ThrowsAsync<TopicGrpcException>(
            () => _client.Models.DeriveAsync("news", new DeleteTopics([0]), cancellationToken: Token));

        Assert.Equal(TopicGrpcStatus.Unimplemented, failure.Status);
        Assert.Contains("FakeTopicGrpc.OnDerive", failure.Message, StringComparison.Ordinal);
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
        _fake.OnDerive(
            static (_, _) =>
                throw new TopicGrpcException(
                    "No.", new ErrorDetails { Status = TopicGrpcStatus.FailedPrecondition, Reason = "NOT_AVAILABLE" }));
        FitHandle operation = await _client.Models.DeriveAsync("news", new ReduceOutliers(), cancellationToken: Token);

        FitFailedException failed = await Assert.ThrowsAsync<FitFailedException>(() => operation.WaitAsync(cancellationToken: Token));

        Assert.Equal(("NOT_AVAILABLE", 1L), (failed.Reason, (await _client.Models.GetAsync("news", Token)).LatestVersion));
    }

    [Fact]
    public async Task DeriveAsync_UnknownVersion_IsRejectedAtOnce()
    {
        _fake.OnDerive(static (_, _) => SampleTopics.All);

        await Assert.ThrowsAsync<ModelNotFoundException>(
            () => _client.Models.DeriveAsync("news@9", new DeleteTopics([0]), cancellationToken: Token));

        Assert.Empty(await _client.Fits.ListAsync(cancellationToken: Token).ToListAsync(Token));
    }

    [Fact]
    public async Task CompareAsync_Scripted_IsReturned()
    {
        _fake.Models.Add("news", SampleTopics.All);
        ComparedTopic before = new() { Id = 1, Uid = "uid-1", Name = "1_space", Label = "Space", Count = 5 };
        VersionComparison scripted = new()
        {
            Before = "news@1",
            After = "news@2",
            Matches =
            [
                new TopicMatch
                {
                    Change = TopicChange.Split,
                    Before = before,
                    After = before with { Id = 0, Label = "" },
                    CentroidSimilarity = 0.5,
                    TermSimilarity = 0.25,
                    DocumentOverlap = 0.75,
                    SharedDocumentCount = 3,
                },
                new TopicMatch { Change = TopicChange.Removed, Before = before },
                new TopicMatch { Change = TopicChange.Added, After = before },
            ],
            SharedDocumentCount = 7,
            AdjustedRandIndex = 0.5,
            UidStability = 0.25,
        };
        List<(ModelSelector Before, ModelSelector After)> asked = [];
        _fake.OnCompare((older, newer) =>
        {
            asked.Add((older, newer));
            return scripted;
        });

        VersionComparison comparison = await _client.Models.CompareAsync("news@1", "news", Token);

        Assert.Equivalent(scripted, comparison, strict: true);
        Assert.Equal([("news@1", "news@2")], asked);
    }

    [Fact]
    public async Task CompareAsync_ScriptWithoutMeasures_LeavesThemNull()
    {
        _fake.OnCompare(
            static (before, after) => new VersionComparison { Before = before, After = after, Matches = [], SharedDocumentCount = 0 });

        VersionComparison comparison = await _client.Models.CompareAsync("news", "news", Token);

        Assert.Equal((0L, null, null), (comparison.SharedDocumentCount, comparison.AdjustedRandIndex, comparison.UidStability));
        await Assert.ThrowsAsync<ModelNotFoundException>(() => _client.Models.CompareAsync("news@1", "news@9", Token));
    }

    [Fact]
    public async Task CompareAsync_NotScripted_NamesTheMemberThatScriptsIt()
    {
        TopicGrpcException failure = await Assert.ThrowsAsync<TopicGrpcException>(() => _client.Models.CompareAsync("news", "news", Token));

        Assert.Contains("FakeTopicGrpc.OnCompare", failure.Message, StringComparison.Ordinal);
    }

    private async Task<TopicList> DeriveAsync(VersionOperation operation)
    {
        ModelSelector newest = new("news") { Version = (await _client.Models.GetAsync("news", Token)).LatestVersion };
        FitHandle running = await _client.Models.DeriveAsync(newest, operation, cancellationToken: Token);
        FitResult result = await running.WaitAsync(cancellationToken: Token);
        return await _client.ListTopicsAsync(newest with { Version = result.Version }, cancellationToken: Token);
    }
}
