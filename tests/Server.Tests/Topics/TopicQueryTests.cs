using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Topics;

public sealed class TopicQueryTests
{
    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SearchTopics_WordsOfATheme_FindItsTopicFirst()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        SearchTopicsResponse found = await SearchAsync(
            server, new SearchTopicsRequest { Selector = Selector, Query = "cipher wiretap escrow", MaxResults = 2 });

        Assert.Equal("models/m/versions/1", found.ModelVersion);
        Assert.Equal(2, found.Hits.Count);
        Assert.Contains(found.Hits[0].Topic.Words, static word => word.Term == "escrow");
        Assert.True(found.Hits[0].Similarity > found.Hits[1].Similarity);
        Assert.Empty(found.Hits[0].Topic.RepresentativeDocuments);
    }

    [Fact]
    public async Task SearchTopics_RequestsThatCannotBeAnswered_SayWhy()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        RpcException empty = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INPUT_EMPTY",
            () => SearchAsync(server, new SearchTopicsRequest { Selector = Selector, Query = " " }));
        RpcException many = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => SearchAsync(server, new SearchTopicsRequest { Selector = Selector, Query = "x", MaxResults = 101 }));

        Assert.Equal(["query"], Refusal.Fields(empty));
        Assert.Equal(["max_results"], Refusal.Fields(many));
    }

    [Fact]
    public async Task GetTopicHierarchy_FourTopics_JoinsAllInThreeMerges()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        GetTopicHierarchyResponse hierarchy = await server.Topics.GetTopicHierarchyAsync(
            new GetTopicHierarchyRequest { Selector = Selector }, cancellationToken: Token);

        Assert.Equal([6, 5, 4], hierarchy.Merges.Select(static merge => merge.Node));
        Assert.Equal([0, 1, 2, 3], hierarchy.Merges[0].TopicIds);
        Assert.True(hierarchy.Merges[0].Distance >= hierarchy.Merges[2].Distance);
        Assert.All(
            Enumerable.Range(0, 4),
            topic => Assert.Contains(FormattableString.Invariant($"Topic: {topic}"), hierarchy.Tree, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListTopicsOverTime_Bins_CountEveryDatedDocumentOnce()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        ListTopicsOverTimeResponse daily = await OverTimeAsync(server, new ListTopicsOverTimeRequest { Selector = Selector });
        ListTopicsOverTimeResponse binned = await OverTimeAsync(
            server, new ListTopicsOverTimeRequest { Selector = Selector, BinCount = 3 });

        Assert.Equal(8, daily.UndatedCount);
        Assert.Equal(10, daily.Points.Select(static point => point.Time).Distinct().Count());
        Assert.Equal(3, binned.Points.Select(static point => point.Time).Distinct().Count());
        Assert.Equal(192, daily.Points.Sum(static point => point.DocumentCount));
        Assert.Equal(192, binned.Points.Sum(static point => point.DocumentCount));
        Assert.Equal(IngestedDocuments.FirstDay, daily.Points[0].Time.ToDateTimeOffset());
        Assert.All(daily.Points, static point => Assert.NotEmpty(point.Words));
        Assert.Equal(daily.Points.OrderBy(static point => point.Time.Seconds).ThenBy(static point => point.TopicId), daily.Points);
    }

    [Fact]
    public async Task ListTopicsOverTime_Tuning_ChangesScoresOnly()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        ListTopicsOverTimeRequest request = new() { Selector = Selector, BinCount = 4, GlobalTuning = false, EvolutionTuning = false };

        ListTopicsOverTimeResponse plain = await OverTimeAsync(server, request);
        request.EvolutionTuning = true;
        ListTopicsOverTimeResponse evolving = await OverTimeAsync(server, request);
        request.EvolutionTuning = false;
        ListTopicsOverTimeResponse again = await OverTimeAsync(server, request);

        Assert.Equal(plain, again);
        Assert.NotEqual(plain, evolving);
        Assert.Equal(
            plain.Points.Select(static point => (point.Time, point.TopicId, point.DocumentCount)),
            evolving.Points.Select(static point => (point.Time, point.TopicId, point.DocumentCount)));
    }

    [Fact]
    public async Task ListTopicsOverTime_SmallPages_GiveTheWholeList()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        ListTopicsOverTimeRequest request = new() { Selector = Selector, TopicIds = { 1, 2 } };
        ListTopicsOverTimeResponse whole = await OverTimeAsync(server, request);
        List<ListTopicsOverTimeResponse.Types.Point> points = [];
        request.PageSize = 3;
        do
        {
            ListTopicsOverTimeResponse page = await OverTimeAsync(server, request);
            points.AddRange(page.Points);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(whole.Points, points);
        Assert.Equal([1, 2], points.Select(static point => point.TopicId).Distinct().Order());
    }

    [Fact]
    public async Task ListTopicsPerClass_Author_CountsEveryClassifiedDocumentOnce()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        ListTopicsPerClassResponse result = await server.Topics.ListTopicsPerClassAsync(
            new ListTopicsPerClassRequest { Selector = Selector, Attribute = "author" }, cancellationToken: Token);

        Assert.Equal(8, result.UnclassifiedCount);
        Assert.Equal(["ann", "bob"], result.Points.Select(static point => point.ClassName).Distinct());
        Assert.Equal(
            [96L, 96L],
            result.Points.GroupBy(static point => point.ClassName).Select(static group => group.Sum(static point => point.DocumentCount)));
    }

    [Fact]
    public async Task Slices_WithoutWhatTheyNeed_AreRefusedWithAReason()
    {
        await using TestServer server = await TestServer.FittedAsync();

        RpcException undated = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "NOT_AVAILABLE",
            () => OverTimeAsync(server, new ListTopicsOverTimeRequest { Selector = Selector }));
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);
        RpcException gone = await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "NOT_AVAILABLE", async () =>
            await server.Topics.ListTopicsPerClassAsync(
                new ListTopicsPerClassRequest { Selector = Selector, Attribute = "author" }, cancellationToken: Token));

        Assert.Contains("has a time", undated.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("'corpora/news' was deleted", gone.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<SearchTopicsResponse> SearchAsync(TestServer server, SearchTopicsRequest request) =>
        await server.Topics.SearchTopicsAsync(request, cancellationToken: Token);

    private static async Task<ListTopicsOverTimeResponse> OverTimeAsync(TestServer server, ListTopicsOverTimeRequest request) =>
        await server.Topics.ListTopicsOverTimeAsync(request, cancellationToken: Token);
}
