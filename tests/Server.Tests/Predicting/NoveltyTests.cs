using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Tests.Models;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class NoveltyTests
{
    private const string Foreign = "sourdough flour oven butter whisk vanilla";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PredictMode.Density)]
    [InlineData(PredictMode.Centroid)]
    public async Task Predict_ForeignText_IsNovelAndFamiliarTextsAreNot(PredictMode mode)
    {
        await using TestServer server = await TestServer.FittedAsync();
        PredictOptions options = new() { Mode = mode };

        Prediction foreign = await PredictAsync(server, 1, Foreign, options);
        List<Prediction> familiar = [];
        foreach (string text in Enumerable.Range(1000, 40).Select(ThemedTexts.Text))
        {
            familiar.Add(await PredictAsync(server, 1, text, options));
        }

        Assert.Equal((0.0, true), (foreign.Novelty, foreign.IsNovel));
        Assert.InRange(familiar.Average(static answer => answer.Novelty), 0.3, 0.7);
        Assert.InRange(familiar.Count(static answer => answer.IsNovel), 0, 4);
    }

    [Fact]
    public async Task Predict_ThresholdOfTheVersion_Decides()
    {
        await using TestServer server = await TestServer.FittedAsync();
        StartFitRequest wide = TestServer.FitRequest("news", "m");
        wide.Settings.NoveltyThreshold = 1;
        Fit fit = await server.FitAsync(wide);
        Fit never = await server.DeriveAsync(1, new Operation { UpdatePredictions = new Parts.UpdatePredictions { NoveltyThreshold = 0 } });

        string text = ThemedTexts.Text(1001);
        Prediction[] answers =
        [
            await PredictAsync(server, 1, Foreign), await PredictAsync(server, 2, text), await PredictAsync(server, 3, Foreign),
        ];

        Assert.Equal([Fit.Types.State.Succeeded, Fit.Types.State.Succeeded], [fit.State, never.State]);
        Assert.Equal([true, answers[1].Novelty < 1, false], answers.Select(static answer => answer.IsNovel));
        Assert.Equal((0.0, true), (answers[2].Novelty, answers[2].HasNovelty));
        Assert.Equal(0.05, (await server.VersionAsync(1)).Report.Settings.NoveltyThreshold);
        Assert.Equal(1, (await server.VersionAsync(2)).Report.Settings.NoveltyThreshold);
        Assert.Equal(0, (await server.VersionAsync(3)).Report.Settings.NoveltyThreshold);
    }

    [Fact]
    public async Task Predict_VersionMergedFromTwo_HasNoNovelty()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("more", 120);
        await server.FitAsync(TestServer.FitRequest("more", "other"));
        Operation merge = new() { MergeModels = new Parts.MergeModels { ModelVersions = { "models/other/versions/1" } } };
        Assert.Equal(Fit.Types.State.Succeeded, (await server.DeriveAsync(1, merge)).State);

        Prediction foreign = await PredictAsync(server, 2, Foreign);
        Prediction known = await PredictAsync(server, 2, ThemedTexts.Text(3));

        Assert.Equal((false, false), (foreign.HasNovelty, foreign.IsNovel));
        Assert.True(known.KnownDocument);
    }

    [Fact]
    public async Task Metrics_Answers_CountNovelTextsAndTheirBasis()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ConcurrentDictionary<string, long> counted = new();
        object scope = server.Services.GetRequiredService<IMeterFactory>();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Scope == scope && instrument.Name is "topicgrpc.predict.novel" or "topicgrpc.predict.bases")
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.AddOrUpdate($"{instrument.Name} {tags[0].Value} {tags[1].Value}", value, (_, before) => before + value));
        listener.Start();

        await PredictAsync(server, 1, Foreign);
        await PredictAsync(server, 1, ThemedTexts.Text(0));
        await PredictAsync(server, 1, ThemedTexts.Text(0), new PredictOptions { Mode = PredictMode.Centroid, AsNewText = true });

        Assert.Equal(1, counted["topicgrpc.predict.novel m 1"]);
        Assert.Equal(1, counted["topicgrpc.predict.bases m document"]);
        Assert.Equal(1, counted["topicgrpc.predict.bases m centroid"]);
        Assert.Equal(3, counted.Where(static pair => pair.Key.Contains("bases", StringComparison.Ordinal)).Sum(static pair => pair.Value));
    }

    private static async Task<Prediction> PredictAsync(TestServer server, long version, string text, PredictOptions? options = null) =>
        (await server.Predictions.PredictAsync(
            new PredictRequest { Selector = TestServer.SelectorOf(version), Text = text, Options = options },
            cancellationToken: Token)).Prediction;
}
