using System.Globalization;
using Grpc.Core;
using TopicGrpc.Server.Tests.Models;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class OutlierPolicyTests
{
    /// <summary>New texts of the theme whose topic the tests delete, found by asking.</summary>
    private static readonly string[] New = [.. Enumerable.Range(1000, 40).Select(ThemedTexts.Text)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_Outlier_NamesTheNearestTopicAndItsSimilarity()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });

        Prediction[] outliers = [.. (await BatchAsync(server, 2, New)).Where(static answer => answer.TopicId < 0)];

        Assert.NotEmpty(outliers);
        Assert.All(outliers, static answer =>
        {
            Assert.Equal((PredictionBasis.Outlier, 0.0), (answer.Basis, answer.Probability));
            Assert.InRange(answer.NearestTopicId, 0, 2);
            Assert.InRange(answer.NearestSimilarity, -1, 1);
        });
        Assert.All(
            (await BatchAsync(server, 1, New)).Where(static answer => answer.TopicId >= 0),
            static answer => Assert.False(answer.HasNearestTopicId || answer.HasNearestSimilarity));
    }

    [Fact]
    public async Task UpdatePredictions_PolicyAll_AppliesToDocumentsAndNewTextsOfEveryCall()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });
        await SucceedAsync(server, 2, Policy("all"));
        List<Prediction> before = await BatchAsync(server, 2, New);

        List<Prediction> after = await BatchAsync(server, 3, New);

        Assert.Equal(0, (await server.TopicsAsync(3)).OutlierCount);
        Assert.Equal("all", (await server.VersionAsync(3)).Report.Settings.OutlierPolicy);
        Assert.Empty((await server.VersionAsync(3)).Report.Warnings);
        Assert.Contains(before, static answer => answer.TopicId < 0);
        foreach ((Prediction old, Prediction now) in before.Zip(after))
        {
            Assert.Equal(old.TopicId < 0, now.Basis == PredictionBasis.OutlierPolicy);
            Assert.Equal(old.TopicId < 0 ? now.NearestTopicId : old.TopicId, now.TopicId);
            Assert.True(old.TopicId >= 0 || now.Probability == now.NearestSimilarity);
        }
    }

    [Fact]
    public async Task UpdatePredictions_PolicyNearest_KeepsTextsBelowTheSimilarity()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });
        double[] similarities =
        [
            .. (await BatchAsync(server, 2, New)).Where(static answer => answer.TopicId < 0)
                .Select(static answer => answer.NearestSimilarity)
                .Order(),
        ];
        Operation nearest = Policy("nearest");
        nearest.UpdatePredictions.OutlierMinSimilarity = similarities[similarities.Length / 2];
        await SucceedAsync(server, 2, nearest);

        List<Prediction> after = await BatchAsync(server, 3, New);

        Assert.Contains(after, static answer => answer.TopicId < 0);
        Assert.Contains(after, static answer => answer.Basis == PredictionBasis.OutlierPolicy);
        Assert.All(after, answer => Assert.Equal(
            answer.HasNearestTopicId && answer.NearestSimilarity >= nearest.UpdatePredictions.OutlierMinSimilarity,
            answer.Basis == PredictionBasis.OutlierPolicy));
    }

    [Fact]
    public async Task StartFit_PolicyAll_LeavesNoOutlier()
    {
        await using TestServer server = await TestServer.FittedAsync();
        StartFitRequest request = TestServer.FitRequest("news", "m");
        request.Settings.TopicAttribute = "kind";
        request.Settings.OutlierPolicy = "all";
        await server.CreateCorpusAsync("kinds");
        await using (IngestCall call = await IngestCall.OpenAsync(server, "kinds", "s"))
        {
            Document[] documents =
            [
                .. Enumerable.Range(0, 120).Select(static index =>
                {
                    string id = string.Create(CultureInfo.InvariantCulture, $"d{index:000}");
                    Document document = new() { Id = id, Text = ThemedTexts.Text(index) };
                    if (index % 5 > 0)
                    {
                        document.Attributes["kind"] = $"theme {index % ThemedTexts.ThemeCount}";
                    }

                    return document;
                }),
            ];
            await call.SendAsync(0, documents);
            await call.ReadAckAsync();
            await call.CloseAsync();
        }

        request.Corpus = "corpora/kinds";
        Fit fit = await server.FitAsync(request);

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        ListTopicsResponse topics = await server.TopicsAsync(2);
        Assert.Equal((0, 120), (topics.OutlierCount, topics.Topics.Sum(static topic => topic.DocumentCount)));
    }

    [Fact]
    public async Task ReduceOutliers_ByEmbeddings_SetsThePolicyOfTheVersion()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });
        Parts.ReduceOutliers reduce = new() { Strategy = Parts.ReduceOutliers.Types.Strategy.Embeddings, Threshold = 0.1 };

        await SucceedAsync(server, 2, new Operation { ReduceOutliers = reduce });

        FitSettings settings = (await server.VersionAsync(3)).Report.Settings;
        Assert.Equal(("nearest", 0.1), (settings.OutlierPolicy, settings.OutlierMinSimilarity));
        Assert.All(
            await BatchAsync(server, 3, New),
            static answer => Assert.Equal(
                answer.TopicId < 0 || answer.Basis == PredictionBasis.OutlierPolicy,
                answer.HasNearestTopicId));
    }

    [Fact]
    public async Task Policy_InvalidValues_NameTheirFields()
    {
        await using TestServer server = await TestServer.FittedAsync();
        StartFitRequest fit = TestServer.FitRequest("news", "m");
        fit.Settings.OutlierPolicy = "none";
        fit.Settings.NoveltyThreshold = 2;

        Assert.Equal(
            ["settings.novelty_threshold", "settings.outlier_policy"],
            Refusal.Fields(await Refusal.ExpectAsync(
                StatusCode.InvalidArgument,
                "INVALID_FIELD",
                async () => await server.Fits.StartFitAsync(fit, cancellationToken: Token))).Order());
        Assert.Equal(["operation.update_predictions"], await FieldsAsync(server, new Parts.UpdatePredictions()));
        Assert.Equal(
            ["operation.update_predictions.outlier_policy"],
            await FieldsAsync(server, new Parts.UpdatePredictions { OutlierPolicy = "some" }));
    }

    private static Operation Policy(string policy) => new() { UpdatePredictions = new Parts.UpdatePredictions { OutlierPolicy = policy } };

    private static async Task SucceedAsync(TestServer server, long parent, Operation operation)
    {
        Fit fit = await server.DeriveAsync(parent, operation);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
    }

    private static async Task<string[]> FieldsAsync(TestServer server, Parts.UpdatePredictions update) => Refusal.Fields(
        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            async () => await server.Models.DeriveVersionAsync(
                new DeriveVersionRequest
                {
                    Selector = TestServer.SelectorOf(1),
                    Operation = new Operation { UpdatePredictions = update },
                },
                cancellationToken: Token)));

    private static async Task<List<Prediction>> BatchAsync(TestServer server, long version, string[] texts)
    {
        BatchPredictRequest request = new() { Selector = TestServer.SelectorOf(version), Texts = { texts } };
        BatchPredictResponse response = await server.Predictions.BatchPredictAsync(request, cancellationToken: Token);
        return [.. response.Results.Select(static result => result.Prediction)];
    }
}
