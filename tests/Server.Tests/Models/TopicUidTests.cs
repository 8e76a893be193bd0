using Grpc.Core;
using TopicGrpc.V1;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Models;

public sealed class TopicUidTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_AnotherSeedAndMoreDocuments_TopicsKeepTheirUids()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Dictionary<string, string> before = await UidsByWordAsync(server, 1);
        await server.FillCorpusAsync("more", 210);
        StartFitRequest request = TestServer.FitRequest("more", "m");
        request.Settings.Seed = 7;

        await SucceedAsync(server, request);

        Dictionary<string, string> after = await UidsByWordAsync(server, 2);
        Assert.Equal(4, before.Values.Distinct().Count());
        Assert.Equal(
            before.OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            after.OrderBy(static pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task StartFit_ServerStartedAgain_UidsAreInheritedFromTheVersionOnDisk()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Dictionary<string, string> before = await UidsByWordAsync(server, 1);
        await server.StopAsync();
        await server.StartAgainAsync();
        Assert.Equal(before, await UidsByWordAsync(server, 1));

        await SucceedAsync(server, TestServer.FitRequest("news", "m"));

        Assert.Equal(before.Values.Order(), (await UidsByWordAsync(server, 2)).Values.Order());
    }

    [Fact]
    public async Task StartFit_OtherModelOfTheSameDocuments_FindsTheSameUids()
    {
        await using TestServer server = await TestServer.FittedAsync();

        await SucceedAsync(server, TestServer.FitRequest("news", "other"));

        Assert.Equal(await UidsByWordAsync(server, 1), await UidsByWordAsync(server, 1, "models/other"));
    }

    [Fact]
    public async Task DeriveVersion_MergeTopics_TheUidOfTheLargerGoesOn()
    {
        await using TestServer server = await TestServer.FittedAsync();
        string[] before = await UidsAsync(server, 1);

        DeriveVersionResponse started = await server.Models.DeriveVersionAsync(
            new DeriveVersionRequest
            {
                Selector = new ModelSelector { Model = "models/m", VersionNumber = 1 },
                Operation = new VersionOperation
                {
                    MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { 3, 1 } } } },
                },
            },
            cancellationToken: Token);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(started.Fit.Name)).State);

        Assert.Equal([before[1], before[0], before[2]], await UidsAsync(server, 2));
    }

    [Fact]
    public async Task Predict_Uid_IsThatOfTheTopicAndFindsIt()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ModelSelector selector = new() { Model = "models/m" };

        Prediction answer = (await server.Predictions.PredictAsync(
            new PredictRequest { Selector = selector, Text = "rocket orbit lunar" }, cancellationToken: Token)).Prediction;

        Topic topic = (await server.Topics.GetTopicAsync(
            new GetTopicRequest { Selector = selector, TopicUid = answer.TopicUid }, cancellationToken: Token)).Topic;
        Assert.Equal((answer.TopicId, answer.TopicUid), (topic.TopicId, topic.Uid));
        Assert.NotEmpty(topic.RepresentativeDocuments);
    }

    [Fact]
    public async Task GetTopic_UnknownUidOrUidBesideANumber_IsRefused()
    {
        await using TestServer server = await TestServer.FittedAsync();
        GetTopicRequest unknown = new() { Selector = new ModelSelector { Model = "models/m" }, TopicUid = "taaaaaaaaaaaa" };
        GetTopicRequest both = new(unknown) { TopicId = 1 };

        await Refusal.ExpectAsync(
            StatusCode.NotFound, "TOPIC_NOT_FOUND", async () => await server.Topics.GetTopicAsync(unknown, cancellationToken: Token));
        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", async () => await server.Topics.GetTopicAsync(both, cancellationToken: Token));
    }

    private static async Task SucceedAsync(TestServer server, StartFitRequest request)
    {
        Fit fit = await server.FitAsync(request);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
    }

    private static async Task<string[]> UidsAsync(TestServer server, long version) =>
        [.. (await TopicsAsync(server, version, "models/m")).Where(static topic => topic.TopicId >= 0).Select(static topic => topic.Uid)];

    /// <summary>Uid of each topic by the first of its words in the alphabet: themes share no word.</summary>
    private static async Task<Dictionary<string, string>> UidsByWordAsync(TestServer server, long version, string model = "models/m") =>
        (await TopicsAsync(server, version, model))
            .Where(static topic => topic.TopicId >= 0)
            .ToDictionary(static topic => topic.Words.Min(static word => word.Term)!, static topic => topic.Uid);

    private static async Task<IEnumerable<Topic>> TopicsAsync(TestServer server, long version, string model)
    {
        ListTopicsRequest request = new() { Selector = new ModelSelector { Model = model, VersionNumber = version } };
        return (await server.Topics.ListTopicsAsync(request, cancellationToken: Token)).Topics;
    }
}
