using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class QualityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetVersion_FittedAndDerived_BothCarryTheirFigures()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.CoherenceMeasures.AddRange(["u_mass", "c_npmi", "c_v"]);
        await server.FitAsync(request);
        await DeriveAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 3 } } });

        ModelVersion fitted = await VersionAsync(server, 1);
        ModelVersion derived = await VersionAsync(server, 2);

        foreach (ModelVersion version in new[] { fitted, derived })
        {
            FitQuality quality = version.Report.Quality;
            Assert.Equal((version.TopicCount, version.OutlierShare), (quality.TopicCount, quality.OutlierShare));
            Assert.Equal((42, version.EncoderSha256), (quality.Seed, quality.EncoderSha256));
            Assert.Equal(["c_npmi", "u_mass", "c_v"], quality.Coherences.Select(static score => score.Measure));
            Assert.All(quality.Coherences, score => Assert.Equal(quality.TopicCount, score.TopicScores.Count));
            Assert.InRange(quality.Coherences[0].Mean, -1, 1);
            Assert.Equal(quality.TopicCount, quality.TopicPersistences.Count);
            Assert.InRange(quality.Diversity, 0.5, 1);
            Assert.Equal(200, quality.Agreement.SampleSize);
            Assert.InRange(quality.Agreement.Share, 0.9, 1);
            Assert.Equal(["u_mass", "c_v"], version.Report.Settings.CoherenceMeasures);
            Assert.All(version.Report.StageTimes, static stage => Assert.True(stage.DocumentsPerSecond > 0, stage.ToString()));
            Assert.Single(version.Report.StageTimes, static stage => stage.Stage == Fit.Types.Stage.Quality);
        }

        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = new ModelSelector { Model = "models/m", VersionNumber = 1 } }, cancellationToken: Token);
        Assert.Equal(
            topics.Topics.Where(static topic => topic.TopicId >= 0).Max(static topic => topic.DocumentCount),
            fitted.Report.Quality.LargestTopicSize);
        Assert.Equal(
            fitted.Report.Quality.LargestTopicSize / (200 * (1 - fitted.OutlierShare)), fitted.Report.Quality.LargestTopicShare, 1e-12);
        Assert.True(derived.Report.Quality.OutlierShare > fitted.Report.Quality.OutlierShare);
    }

    [Fact]
    public async Task DeriveVersion_MergedModels_AreMeasuredOnAllTheirDocuments()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("other", 160);
        await server.FitAsync(TestServer.FitRequest("other", "n"));

        await DeriveAsync(server, 1, new Operation { MergeModels = new Parts.MergeModels { ModelVersions = { "models/n/versions/1" } } });

        ModelVersion merged = await VersionAsync(server, 2);
        Assert.Equal(360, merged.DocumentCount);
        Assert.Equal(merged.TopicCount, merged.Report.Quality.Coherences.Single().TopicScores.Count);
        Assert.Empty(merged.Report.Warnings);

        // A merged model keeps no vectors and no tree.
        Assert.Null(merged.Report.Quality.Agreement);
        Assert.Empty(merged.Report.Quality.TopicPersistences);
    }

    [Fact]
    public async Task DeriveVersion_LabelsAlone_KeepTheParentsFiguresAlsoWithoutTheCorpus()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);

        await DeriveAsync(server, 1, new Operation { SetTopicLabels = new Parts.SetTopicLabels { Labels = { { 0, "First" } } } });

        V1.FitReport derived = (await VersionAsync(server, 2)).Report;
        Assert.Equal((await VersionAsync(server, 1)).Report.Quality, derived.Quality);
        Assert.NotEmpty(derived.Quality.Coherences);
        Assert.Empty(derived.Warnings);
    }

    [Fact]
    public async Task Run_DocumentsGone_LeavesCoherenceOutAndSaysSo()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using VersionLease lease = await server.Services.GetRequiredService<ModelRegistry>().AcquireAsync(
            new VersionSelector("m", 1, Label: null), Token);
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);
        using FitJob job = new(
            new FitRow(1, 1, 0, new FitState { Id = "f", ModelId = "m", Created = DateTimeOffset.UnixEpoch }), keptEvents: 10);
        ProgressReporter progress = new(job, TimeSpan.Zero, TimeProvider.System);

        TopicModel measured = server.Services.GetRequiredService<QualityStage>().Run(
            lease.Handle.Content,
            await server.Services.GetRequiredService<TrainingDocuments>().TryReadAsync([lease.Handle], Token),
            embeddings: null,
            ComputeOptions.Default,
            progress,
            Token);

        Assert.Equal([], measured.Report.Quality!.Coherence);
        Assert.Equal(200, measured.Report.Quality.Agreement!.SampleSize);
        Assert.Equal(FitWarning.NoTexts, measured.Report.Warnings[^1].Code);
        Assert.Equal(FitStage.Quality, job.State.Stage);
    }

    [Fact]
    public async Task StartFit_UnknownMeasure_IsRefusedWithItsPlace()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        StartFitRequest request = TestServer.FitRequest("news", "m");
        request.Settings.CoherenceMeasures.AddRange(["c_v", "c_uci"]);

        RpcException refused = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", async () => await server.Fits.StartFitAsync(request, cancellationToken: Token));

        Assert.Contains(
            "settings.coherence_measures[1]: must be one of c_npmi, c_v, u_mass, 'c_uci' given",
            refused.Status.Detail,
            StringComparison.Ordinal);
    }

    private static async Task DeriveAsync(TestServer server, long parent, Operation operation)
    {
        DeriveVersionResponse started = await server.Models.DeriveVersionAsync(
            new DeriveVersionRequest { Selector = new ModelSelector { Model = "models/m", VersionNumber = parent }, Operation = operation },
            cancellationToken: Token);
        Fit fit = await server.EndOfAsync(started.Fit.Name);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
    }

    private static async Task<ModelVersion> VersionAsync(TestServer server, long number) =>
        (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = $"models/m/versions/{number}" }, cancellationToken: Token)).ModelVersion;
}
