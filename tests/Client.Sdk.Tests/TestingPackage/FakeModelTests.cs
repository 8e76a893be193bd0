using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeModelTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fake.Dispose();

    [Fact]
    public async Task ListTopicsAsync_ModelAdded_HasItsTopics()
    {
        _fake.Models.Add("news", SampleTopics.All);
        using TopicGrpcClient client = _fake.CreateClient();

        TopicList all = await client.ListTopicsAsync("news", cancellationToken: Token);
        TopicList brief = await client.ListTopicsAsync(
            "news", new ListTopicsOptions { WordCount = 1, IncludeRepresentativeDocuments = false }, Token);

        Assert.Equal([-1, 0, 1], all.Topics.Select(static topic => topic.Id));
        Assert.Equal((1, 5), (all.Version, all.OutlierCount));
        Assert.Equal(("0_gpu_card", 10, "uid-0"), (all.Topics[1].Name, all.Topics[1].Count, all.Topics[1].Uid));
        Assert.Equal("a graphics card", all.Topics[1].RepresentativeDocuments.Single().Text);
        Assert.Equal("driver", all.Topics[1].Aspects["Weighted"].Single().Term);
        Assert.Single(brief.Topics[1].Words);
        Assert.Empty(brief.Topics[1].RepresentativeDocuments);
    }

    [Fact]
    public async Task GetTopicAsync_ByIdAndUid_IsFoundOrMissing()
    {
        _fake.Models.Add("news", SampleTopics.All);
        using TopicGrpcClient client = _fake.CreateClient();

        Assert.Equal("1_space_orbit", (await client.Topics.GetAsync("news", 1, Token)).Name);
        Assert.Equal(0, (await client.Topics.GetByUidAsync("news", "uid-0", Token)).Id);
        ResourceNotFoundException missing = await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => client.Topics.GetAsync("news", 7, Token));
        Assert.Equal("TOPIC_NOT_FOUND", missing.Reason);
    }

    [Fact]
    public async Task Models_VersionsAndLabels_AreThoseAdded()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.Add("news", SampleTopics.All[..1]);
        _fake.Models.Add("mail");
        _fake.Models.SetLabel("news", "stable", 1);
        using TopicGrpcClient client = _fake.CreateClient();

        LabelChange change = await client.Models.SetLabelAsync("news", "stable", 2, Token);
        ModelInfo model = await client.Models.GetAsync("news", Token);
        List<ModelVersion> versions = await client.Models.ListVersionsAsync("news", Token).ToListAsync(Token);
        ModelVersion first = await client.Models.GetVersionAsync("news", 1, Token);

        Assert.Equal((1L, 2L), (change.PreviousVersion, change.Model.Labels["stable"]));
        Assert.Equal((2L, 2L), (model.LatestVersion, model.Labels["stable"]));
        Assert.Equal([2L, 1L], versions.Select(static version => version.Version));
        Assert.Equal((VersionState.Ready, 2, 20L, 0.25), (first.State, first.TopicCount, first.DocumentCount, first.OutlierShare));
        Assert.Equal(["mail", "news"], (await client.Models.ListAsync(Token).ToListAsync(Token)).Select(static info => info.Name));
        Assert.Throws<ModelNotFoundException>(() => _fake.Models.SetLabel("news", "stable", 3));
        Assert.Equal(
            ["SetLabel news", "GetModel news", "ListVersions news", "GetVersion news@1", "ListModels"],
            _fake.Calls.Select(static call => call.ToString()));
    }
}
