using Grpc.Core;
using TopicGrpc.V1;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Models;

public sealed class GivenTopicsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeriveVersion_DocumentsMoved_AreInTheirNewTopics()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();
        string[] moved =
        [
            .. (await MembersAsync(server, 1))
                .Where(static member => member.TopicId == 0)
                .Take(2)
                .Select(static member => member.DocumentId),
        ];

        Fit fit = await server.DeriveAsync(1, Update(new Parts.UpdateTopics { Topics = { { moved[0], 1 }, { moved[1], -1 } } }));

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(
            [1, -1],
            (await MembersAsync(server, 2)).Where(member => moved.Contains(member.DocumentId)).Select(static member => member.TopicId));
        Assert.Equal(4, fit.Report.TopicCount);
    }

    [Fact]
    public async Task DeriveVersion_TopicAttribute_ReplacesTheTopicsAlsoAfterARestart()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        Fit fit = await server.DeriveAsync(1, Update(new Parts.UpdateTopics { TopicAttribute = "author", TopNWords = 4 }));
        await server.StopAsync();
        await server.StartAgainAsync();

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        ListTopicsResponse topics = await server.TopicsAsync(2);
        Assert.Equal(["", "ann", "bob"], topics.Topics.Select(static topic => topic.Label));
        Assert.Equal([8, 96, 96], topics.Topics.Select(static topic => topic.DocumentCount));
        Assert.All(topics.Topics, static topic => Assert.Equal(4, topic.Words.Count));
        PredictResponse answer = await server.Predictions.PredictAsync(
            new PredictRequest { Selector = TestServer.SelectorOf(2), Text = "rocket orbit" }, cancellationToken: Token);
        Assert.Equal(PredictMode.Centroid, answer.Prediction.Mode);
    }

    [Fact]
    public async Task DeriveVersion_TopicsOfAGivenModelGivenAnew_AreTheNewOnes()
    {
        await using TestServer server = await IngestedDocuments.FilledAsync();
        StartFitRequest request = TestServer.FitRequest("dated", "m");
        request.Settings.TopicAttribute = "theme";
        await server.FitAsync(request);

        Fit fit = await server.DeriveAsync(1, Update(new Parts.UpdateTopics { TopicAttribute = "author" }));

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(["", "ann", "bob"], (await server.TopicsAsync(2)).Topics.Select(static topic => topic.Label));
        Assert.Equal("author", fit.Report.Settings.TopicAttribute);
    }

    [Fact]
    public async Task DeriveVersion_TopicsThatDoNotFit_AreRefusedAtOnce()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        Assert.Equal(["operation.update_topics"], await FieldsAsync(server, new Parts.UpdateTopics()));
        Assert.Equal(
            ["operation.update_topics.topics"], await FieldsAsync(server, new Parts.UpdateTopics { Topics = { { "nowhere", 0 } } }));
        Assert.Equal(
            ["operation.update_topics.topics"], await FieldsAsync(server, new Parts.UpdateTopics { Topics = { { "d00000", 9 } } }));
        Assert.Equal(
            ["operation.update_topics.topics"],
            await FieldsAsync(server, new Parts.UpdateTopics { Topics = { { "d00000", 0 } }, TopicAttribute = "theme" }));
    }

    private static VersionOperation Update(Parts.UpdateTopics update) => new() { UpdateTopics = update };

    private static async Task<string[]> FieldsAsync(TestServer server, Parts.UpdateTopics update) =>
        Refusal.Fields(await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => server.DeriveAsync(1, Update(update))));

    private static async Task<IReadOnlyList<ListTopicDocumentsResponse.Types.Member>> MembersAsync(TestServer server, long version) =>
        (await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = TestServer.SelectorOf(version) }, cancellationToken: Token)).Members;
}
