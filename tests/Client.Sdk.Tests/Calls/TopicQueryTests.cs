using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.Calls;

public sealed class TopicQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Answer_IsMapped()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = new(server.Address);

        TopicSearchResult found = await client.Topics.SearchAsync("news@12", "graphics", maxResults: 7, Token);

        Assert.Equal(("news", 12), (found.Model, found.Version));
        Assert.Equal(
            (7, "graphics", 9, 0.5),
            (found.Hits[0].Topic.Id, found.Hits[0].Topic.Name, found.Hits[0].Topic.Count, found.Hits[0].Similarity));
    }

    [Fact]
    public async Task GetHierarchy_Answer_IsMapped()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = new(server.Address);

        TopicHierarchy hierarchy = await client.Topics.GetHierarchyAsync("news", Token);

        TopicMerge merge = Assert.Single(hierarchy.Merges);
        Assert.Equal(
            (2, "a_b", 0, "a", 1, "b", 0.25),
            (merge.Node, merge.Name, merge.Left, merge.LeftName, merge.Right, merge.RightName, merge.Distance));
        Assert.Equal([0, 1], merge.Topics);
        Assert.Equal(".\n", hierarchy.Tree);
    }

    [Fact]
    public async Task ListOverTime_TwoPages_AreOneListAndOptionsTravel()
    {
        FakeTopicService topics = new();
        await using FakeServer server = await FakeServer.StartAsync(topics: topics);
        using TopicGrpcClient client = new(server.Address);

        TopicsOverTime result = await client.Topics.ListOverTimeAsync(
            "news", new TopicsOverTimeOptions { BinCount = 20, EvolutionTuning = false, TopicIds = [4] }, Token);

        Assert.Equal([FakeTopicService.Day, FakeTopicService.Day.AddDays(1)], result.Points.Select(static point => point.Time));
        Assert.Equal((4, 7, "gpu"), (result.Points[0].TopicId, result.Points[0].Count, result.Points[0].Words[0].Term));
        Assert.Equal(3, result.UndatedCount);
        Assert.All(topics.OverTime, static request => Assert.Equal(
            (20, true, true, false, 4),
            (request.BinCount, request.HasGlobalTuning, request.GlobalTuning, request.EvolutionTuning, request.TopicIds[0])));
        Assert.Equal(["", "second"], topics.OverTime.Select(static request => request.PageToken));
    }

    [Fact]
    public async Task ListPerClass_Answer_IsMapped()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = new(server.Address);

        TopicsPerClass result = await client.Topics.ListPerClassAsync("news", "party", options: null, Token);

        Assert.Equal(("party", -1, 5), (result.Points[0].ClassName, result.Points[0].TopicId, result.Points[0].Count));
        Assert.Equal(2, result.UnclassifiedCount);
    }
}
