using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Tests.Models;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Shadowing;

public sealed class ShadowTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(1000, 40).Select(ThemedTexts.Text)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shadow_SameTopics_AgreesOnEveryKindOfCallWithoutASecondEmbedding()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });
        int embedded = server.Embedder.Calls;

        await PredictAllAsync(server);
        BatchPredictResponse batch = await server.Predictions.BatchPredictAsync(
            new BatchPredictRequest { Selector = new ModelSelector { Model = "models/m" }, Texts = { Texts } }, cancellationToken: Token);
        await StreamAllAsync(server);
        GetShadowReportResponse report = await ReportAsync(server, compared: 3 * Texts.Length);

        Assert.Equal("models/m/versions/1", batch.ModelVersion);
        Assert.Equal(3 * Texts.Length, server.Embedder.Calls - embedded);
        Assert.Equal(
            ("models/m/versions/2", 0, 0, 0), (report.ShadowVersion, report.DisagreedCount, report.DroppedCount, report.FailedCount));
        Assert.Empty(report.Disagreements);
        Assert.Equal((0, 0), ((await server.VersionAsync(1)).ActiveLeases, (await server.VersionAsync(2)).ActiveLeases));
    }

    [Fact]
    public async Task Shadow_TopicsMerged_ReportsThePairsThatDiffer()
    {
        await using TestServer server = await TestServer.FittedAsync();
        DeriveVersionRequest merge = new()
        {
            Selector = new ModelSelector { Model = "models/m", VersionNumber = 1 },
            Operation = new Operation
            {
                MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { 2, 3 } } } },
            },
        };
        await server.EndOfAsync((await server.Models.DeriveVersionAsync(merge, cancellationToken: Token)).Fit.Name);
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });

        List<Prediction> answers = await PredictAllAsync(server);
        GetShadowReportResponse report = await ReportAsync(server, compared: Texts.Length);

        // The merged topic goes on with the uid of one of the two: the texts of the other disagree, all into the merged topic.
        Assert.Equal(report.DisagreedCount, report.Disagreements.Sum(static pair => pair.Count));
        Assert.InRange(
            report.DisagreedCount,
            answers.GroupBy(static answer => answer.TopicId).Min(static topic => topic.Count()),
            Texts.Length / 2 + 2);
        Assert.All(report.Disagreements, static pair =>
        {
            Assert.Contains(pair.TopicId, (int[])[2, 3]);
            Assert.Equal("models/m/versions/1", pair.ModelVersion);
            Assert.NotEqual(pair.TopicUid, pair.ShadowTopicUid);
            Assert.StartsWith(FormattableString.Invariant($"{pair.ShadowTopicId}_"), pair.ShadowTopicName, StringComparison.Ordinal);
        });
        await server.SetTrafficAsync(null);
        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "NOT_AVAILABLE", () => ReportAsync(server, compared: 0));
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });
        Assert.Equal(0, (await ReportAsync(server, compared: 0)).DisagreedCount);
    }

    [Fact]
    public async Task Shadow_QueueFull_DropsAndCountsWhileCallsGoOn()
    {
        await using TestServer server = await TestServer.FittedAsync(("Shadows:MaxQueue", "3"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });
        await server.Services.GetServices<IHostedService>().OfType<ShadowWorker>().Single().StopAsync(Token);

        List<Prediction> answers = await PredictAllAsync(server);
        GetShadowReportResponse report = await ReportAsync(server, compared: 0);

        Assert.Equal(Texts.Length, answers.Count);
        Assert.Equal((Texts.Length - 3, 0), (report.DroppedCount, report.FailedCount));
        Assert.Equal((3, 3), ((await server.VersionAsync(1)).ActiveLeases, (await server.VersionAsync(2)).ActiveLeases));
    }

    [Fact]
    public async Task Shadow_CannotBeLoadedAfterARestart_IsCountedAndCallsAreAnswered()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });
        await server.StopAsync();
        File.WriteAllBytes(Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "models", "m", "versions", "2")).First(), [1]);
        await server.StartAgainAsync();

        List<Prediction> answers = await PredictAllAsync(server);

        Assert.Equal(Texts.Length, answers.Count);
        Assert.Equal(Texts.Length, (await ReportAsync(server, compared: 0)).FailedCount);
    }

    [Fact]
    public async Task Shadow_Sample_CopiesItsShareOfTheKeys()
    {
        await using TestServer server = await TestServer.FittedAsync(("Shadows:MaxQueue", "1000"), ("Embedding:MaxQueue", "2000"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2, ShadowSample = 3000 });

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(index => server.AnsweringAsync(FormattableString.Invariant($"user-{index}"))));
        GetShadowReportResponse report = await ReportAsync(server, compared: 270);

        Assert.InRange(report.ComparedCount, 270, 330);
    }

    [Fact]
    public async Task Shadow_VersionNamedOrTheShadowItself_IsNotCopied()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });

        await server.AnsweringAsync(version: 1);
        await server.AnsweringAsync(label: "stable");
        await server.SetLabelAsync("stable", 2);
        await server.AnsweringAsync();
        await server.SetLabelAsync("stable", 1);
        await server.AnsweringAsync();

        Assert.Equal(1, (await ReportAsync(server, compared: 1)).ComparedCount);
    }

    [Fact]
    public async Task Metrics_SplitWithAShadow_CountTextsByVersionAndCopiesByOutcome()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        TrafficPolicy policy = TrafficCalls.Split((1, 5000), (2, 5000));
        policy.ShadowVersionNumber = 3;
        await server.SetTrafficAsync(policy);
        ConcurrentDictionary<string, long> counted = new();
        object scope = server.Services.GetRequiredService<IMeterFactory>();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Scope == scope && instrument.Name is ("topicgrpc.predict.texts" or "topicgrpc.shadow.copies"))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => counted.AddOrUpdate($"{tags[0].Value} {tags[1].Value}", value, (_, before) => before + value));
        listener.Start();

        long[] answering = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(index => server.AnsweringAsync(FormattableString.Invariant($"k{index}"))));
        await ReportAsync(server, compared: 30);

        Assert.Equal(answering.Count(static version => version == 1), counted["m 1"]);
        Assert.Equal(answering.Count(static version => version == 2), counted["m 2"]);
        Assert.Equal(30, counted["m agreed"]);
        Assert.Equal(3, counted.Count);
    }

    private static async Task<List<Prediction>> PredictAllAsync(TestServer server)
    {
        List<Prediction> answers = [];
        foreach (string text in Texts)
        {
            PredictResponse answer = await server.Predictions.PredictAsync(
                new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = text }, cancellationToken: Token);
            Assert.Equal("models/m/versions/1", answer.ModelVersion);
            answers.Add(answer.Prediction);
        }

        return answers;
    }

    private static async Task StreamAllAsync(TestServer server)
    {
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new StreamPredictRequest { Open = new() { Selector = new ModelSelector { Model = "models/m" } } }, Token);
        foreach (string text in Texts)
        {
            await call.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = text } }, Token);
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(Texts.Length, await call.ResponseStream.ReadAllAsync(Token).CountAsync(Token));
    }

    /// <summary>The report once so many texts were compared: copies are answered after the calls.</summary>
    private static async Task<GetShadowReportResponse> ReportAsync(TestServer server, long compared)
    {
        GetShadowReportResponse report;
        do
        {
            report = await server.Models.GetShadowReportAsync(new GetShadowReportRequest { Model = "models/m" }, cancellationToken: Token);
        }
        while (report.ComparedCount < compared);

        return report;
    }
}
