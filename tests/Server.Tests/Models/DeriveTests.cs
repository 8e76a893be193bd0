using Grpc.Core;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Models;

public sealed class DeriveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeriveVersion_MergeTopics_MakesAVersionAndLeavesTheParent()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ListTopicsResponse before = await TopicsAsync(server, 1);

        Fit fit = await DeriveAsync(server, Merge(1, 2), "canary");

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(("models/m/versions/2", "models/m/versions/1", "corpora/news"), (fit.ModelVersion, fit.ParentVersion, fit.Corpus));
        ListTopicsResponse after = await TopicsAsync(server, 2);
        Assert.Equal(before.Topics.Count - 1, after.Topics.Count);
        Assert.Equal(before.Topics.Sum(static topic => topic.DocumentCount), after.Topics.Sum(static topic => topic.DocumentCount));
        Assert.Equal(before, await TopicsAsync(server, 1));
        ModelVersion version = await VersionAsync(server, 2);
        Assert.Equal("models/m/versions/1", version.ParentVersion);
        Assert.Equal(Merge(1, 2), version.Operation);
        Assert.Equal(3, version.TopicCount);
        Model model = (await server.Models.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Token)).Model;
        Assert.Equal((1, 2), (model.VersionLabels["stable"], model.VersionLabels["canary"]));
    }

    [Fact]
    public async Task DeriveVersion_ChainOfOperations_EachWorksOnTheOneBeforeAlsoAfterARestart()
    {
        await using TestServer server = await TestServer.FittedAsync();

        await SucceedAsync(server, 1, new Operation { ReduceTopics = new Parts.ReduceTopics { NrTopics = 3 } });
        await server.StopAsync();
        await server.StartAgainAsync();
        await SucceedAsync(
            server,
            2,
            new Operation
            {
                UpdateTopics = new Parts.UpdateTopics
                {
                    TopNWords = 4,
                    Vectorizer = new VectorizerSettings { StopWordList = new() { Words = { "rocket" } } },
                },
            });
        await SucceedAsync(server, 3, new Operation { SetTopicLabels = new Parts.SetTopicLabels { Labels = { { 0, "First" } } } });
        await SucceedAsync(server, 4, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 1 } } });

        ListTopicsResponse words = await TopicsAsync(server, 3);
        Assert.All(words.Topics, static topic => Assert.InRange(topic.Words.Count, 1, 4));
        Assert.DoesNotContain(words.Topics, static topic => topic.Words.Any(static word => word.Term == "rocket"));
        Assert.Equal("First", (await TopicsAsync(server, 4)).Topics.Single(static topic => topic.TopicId == 0).Label);
        ListTopicsResponse deleted = await TopicsAsync(server, 5);
        Assert.Contains(deleted.Topics, static topic => topic.TopicId == -1);
        Assert.Equal("First", deleted.Topics.Single(static topic => topic.TopicId == 0).Label);
        Assert.Equal(4, (await VersionAsync(server, 5)).Report.Settings.TopNWords);
    }

    [Fact]
    public async Task DeriveVersion_ReduceOutliers_GivesMostOfThemATopicAndPredictAnswers()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });

        await SucceedAsync(
            server,
            2,
            new Operation { ReduceOutliers = new Parts.ReduceOutliers { Strategy = Parts.ReduceOutliers.Types.Strategy.Embeddings } });

        // Texts that resemble no topic at all (no cosine above 0) stay outliers, as in BERTopic.
        Assert.InRange((await TopicsAsync(server, 3)).OutlierCount, 0, (await TopicsAsync(server, 2)).OutlierCount / 2);
        PredictResponse answer = await server.Predictions.PredictAsync(
            new PredictRequest { Selector = new ModelSelector { Model = "models/m", VersionNumber = 3 }, Text = "rocket orbit lunar" },
            cancellationToken: Token);
        Assert.Equal("models/m/versions/3", answer.ModelVersion);
    }

    [Fact]
    public async Task DeriveVersion_OperationsThatDoNotFit_AreRefusedAtOnceWithTheField()
    {
        await using TestServer server = await TestServer.FittedAsync();

        Assert.Equal(["operation"], await FieldsAsync(server, new Operation()));
        Assert.Equal(
            ["operation.reduce_topics.nr_topics"],
            await FieldsAsync(server, new Operation { ReduceTopics = new Parts.ReduceTopics { NrTopics = 1 } }));
        Assert.Equal(["operation.merge_topics.groups[0].topic_ids"], await FieldsAsync(server, Merge(1, 9)));
        Assert.Equal(["operation.merge_topics.groups[0].topic_ids"], await FieldsAsync(server, Merge(1)));
        Assert.Equal(
            ["operation.reduce_outliers.threshold"],
            await FieldsAsync(server, new Operation { ReduceOutliers = new Parts.ReduceOutliers { Threshold = 2 } }));
        Assert.Equal(
            ["operation.update_topics.vectorizer.max_features", "operation.update_topics.ctfidf.seed_multiplier"],
            await FieldsAsync(server, new Operation
            {
                UpdateTopics = new Parts.UpdateTopics
                {
                    Vectorizer = new VectorizerSettings { MaxFeatures = 0 },
                    Ctfidf = new CtfidfSettings { SeedMultiplier = -1 },
                },
            }));
        Assert.Equal(["operation.update_topics"], await FieldsAsync(server, new Operation { UpdateTopics = new Parts.UpdateTopics() }));
        Assert.Equal(
            ["operation.delete_topics.topic_ids[0]"],
            await FieldsAsync(server, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { -1 } } }));
        Assert.Single((await server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token)).Fits);
    }

    [Fact]
    public async Task DeriveVersion_WithoutTheCorpus_OnlyNeedsItForWords()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);

        RpcException gone = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition, "NOT_AVAILABLE", () => DeriveAsync(server, Merge(1, 2)));
        Fit named = await DeriveAsync(server, new Operation { SetTopicLabels = new Parts.SetTopicLabels { Labels = { { 0, "Named" } } } });

        Assert.Contains("'corpora/news' was deleted", gone.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(Fit.Types.State.Succeeded, named.State);
    }

    [Fact]
    public async Task DeriveVersion_StrategyWithoutProbabilities_EndsAsAFailedFitThatSaysWhy()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });

        Fit fit = await DeriveAsync(
            server,
            2,
            new Operation { ReduceOutliers = new Parts.ReduceOutliers { Strategy = Parts.ReduceOutliers.Types.Strategy.Probabilities } },
            requestId: "");

        Assert.Equal(Fit.Types.State.Failed, fit.State);
        Assert.Equal((int)StatusCode.FailedPrecondition, fit.Error.Code);
        Assert.Contains("probabilities", fit.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeriveVersion_SameRequestId_IsOneOperation()
    {
        await using TestServer server = await TestServer.FittedAsync();

        Fit first = await DeriveAsync(server, 1, Merge(0, 1), "once");
        Fit second = await DeriveAsync(server, 1, Merge(0, 1), "once");
        await Refusal.ExpectAsync(StatusCode.InvalidArgument, "REQUEST_ID_REUSED", () => DeriveAsync(server, 1, Merge(0, 2), "once"));

        Assert.Equal(first.Name, second.Name);
        Assert.Equal(
            2,
            (await server.Models.GetModelAsync(
                new GetModelRequest { Name = "models/m" }, cancellationToken: Token)).Model.LatestVersionNumber);
    }

    [Fact]
    public async Task DeriveVersion_CancelledWhileItWaits_LeavesNoVersion()
    {
        await using TestServer server = await TestServer.FittedAsync();

        // Other texts than those of the fitted corpus, whose embeddings are cached.
        await server.FillCorpusAsync("held", 200, firstText: 10_000);
        server.Embedder.Hold();
        StartFitResponse running = await server.Fits.StartFitAsync(TestServer.FitRequest("held", "other"), cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);
        DeriveVersionResponse waiting = await server.Models.DeriveVersionAsync(
            Request(1, Merge(0, 1), string.Empty), cancellationToken: Token);

        CancelFitResponse cancelled = await server.Fits.CancelFitAsync(
            new CancelFitRequest { Name = waiting.Fit.Name }, cancellationToken: Token);
        server.Embedder.Release();
        await server.EndOfAsync(running.Fit.Name);

        Assert.Equal(Fit.Types.State.Cancelled, cancelled.Fit.State);
        Assert.Equal(
            1,
            (await server.Models.GetModelAsync(
                new GetModelRequest { Name = "models/m" }, cancellationToken: Token)).Model.LatestVersionNumber);
    }

    private static Operation Merge(params int[] topics) =>
        new() { MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { topics } } } } };

    private static DeriveVersionRequest Request(long parent, Operation operation, string requestId, params string[] labels) => new()
    {
        Selector = new ModelSelector { Model = "models/m", VersionNumber = parent },
        Operation = operation,
        AssignLabels = { labels },
        RequestId = requestId,
    };

    private static async Task<Fit> DeriveAsync(TestServer server, Operation operation, params string[] labels)
    {
        DeriveVersionResponse response = await server.Models.DeriveVersionAsync(
            Request(1, operation, string.Empty, labels), cancellationToken: Token);
        return await server.EndOfAsync(response.Fit.Name);
    }

    private static Task<Fit> DeriveAsync(TestServer server, long parent, Operation operation, string requestId) =>
        server.DeriveAsync(parent, operation, requestId);

    private static async Task SucceedAsync(TestServer server, long parent, Operation operation)
    {
        Fit fit = await DeriveAsync(server, parent, operation, string.Empty);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(FormattableString.Invariant($"models/m/versions/{parent + 1}"), fit.ModelVersion);
    }

    private static async Task<string[]> FieldsAsync(TestServer server, Operation operation) =>
        Refusal.Fields(await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => DeriveAsync(server, operation)));

    private static Task<ListTopicsResponse> TopicsAsync(TestServer server, long version) => server.TopicsAsync(version);

    private static async Task<ModelVersion> VersionAsync(TestServer server, long version) =>
        (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = FormattableString.Invariant($"models/m/versions/{version}") },
            cancellationToken: Token)).ModelVersion;
}
