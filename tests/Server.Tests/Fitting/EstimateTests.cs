using Google.Rpc;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class EstimateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EstimateFit_FilledCorpus_ListsTimeAndMemoryByStage()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);

        FitEstimate estimate = await EstimateAsync(server);

        Assert.Equal(200, estimate.DocumentCount);
        Assert.Equal(Fit.Types.Stage.Embedding, estimate.Stages[0].Stage);
        Assert.Equal(Fit.Types.Stage.Publishing, estimate.Stages[^1].Stage);
        Assert.Equal(estimate.Stages.Max(static stage => stage.MemoryBytes), estimate.MemoryBytes);
        Assert.True(estimate.Duration.ToTimeSpan() > TimeSpan.Zero);
        Assert.InRange(estimate.MemoryBytes, 1, estimate.MemoryLimitBytes);
        Assert.Equal(0, estimate.MeasuredFitCount);
    }

    [Fact]
    public async Task EstimateFit_CostlierSettings_EstimatesMore()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        FitSettings costly = new() { Umap = new UmapSettings { NEpochs = 5000 } };

        FitEstimate usual = await EstimateAsync(server, new FitSettings());
        FitEstimate more = await EstimateAsync(server, costly);

        Assert.True(more.Duration.ToTimeSpan() > usual.Duration.ToTimeSpan());
    }

    [Fact]
    public async Task EstimateFit_AfterFitsOfManyDocuments_AdaptsToThemAlsoAfterARestart()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 1000);
        await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.Equal(1, (await EstimateAsync(server)).MeasuredFitCount);
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        Assert.Equal(2, (await EstimateAsync(server)).MeasuredFitCount);
        await server.StopAsync();
        await server.StartAgainAsync();
        Assert.Equal(2, (await EstimateAsync(server)).MeasuredFitCount);
    }

    [Fact]
    public async Task EstimateFit_AfterAnAssignment_CountsFitsOnly()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 1000);
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        AssignCorpusResponse assignment = await server.Fits.AssignCorpusAsync(
            new AssignCorpusRequest { Selector = new ModelSelector { Model = "models/m", VersionNumber = 1 }, Corpus = "corpora/news" },
            cancellationToken: Token);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(assignment.Fit.Name)).State);

        Assert.Equal(1, (await EstimateAsync(server)).MeasuredFitCount);
    }

    [Fact]
    public async Task EstimateFit_MissingCorpus_IsNotFound()
    {
        await using TestServer server = await TestServer.StartAsync();

        await Refusal.ExpectAsync(StatusCode.NotFound, "CORPUS_NOT_FOUND", () => EstimateAsync(server));
    }

    [Fact]
    public async Task EstimateFit_SettingOutOfRange_NamesTheField()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => EstimateAsync(server, new FitSettings { Umap = new UmapSettings { NNeighbors = 1 } }));

        Assert.Contains("settings.umap.n_neighbors", rejected.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
    }

    [Fact]
    public async Task StartFit_AnySettings_HasTheEstimateFromTheFirstEventAndInTheReport()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);

        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        using var watch = server.Fits.WatchFit(new WatchFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        List<Fit> events = [];
        await foreach (WatchFitResponse item in watch.ResponseStream.ReadAllAsync(Token))
        {
            events.Add(item.Fit);
        }

        Assert.Equal(200, started.Fit.Estimate.DocumentCount);
        Assert.Equal(started.Fit.Estimate.MemoryBytes, events[0].Estimate.MemoryBytes);
        Assert.Null(events[^1].Estimate);
        Fit ended = await server.EndOfAsync(started.Fit.Name);
        Assert.Equal(200, ended.Report.Estimate.DocumentCount);
        Assert.NotEmpty(ended.Report.Estimate.Stages);
    }

    [Fact]
    public async Task StartFit_EstimateAboveTheLimit_NamesTheFigureTheLimitAndTheAlternatives()
    {
        await using TestServer server = await TestServer.StartAsync(("Fits:MaxMemory", "1000000"));
        await server.FillCorpusAsync("news", 200);

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "FIT_TOO_LARGE",
            async () => await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token));

        ErrorInfo info = rejected.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        FitEstimate estimate = await EstimateAsync(server, TestServer.FitRequest("news", "m").Settings);
        Assert.Equal("1000000", info.Metadata["limitBytes"]);
        Assert.Equal(estimate.MemoryBytes.ToString(System.Globalization.CultureInfo.InvariantCulture), info.Metadata["estimatedBytes"]);
        Assert.Contains("Fits:MaxMemory", rejected.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("umap.n_neighbors", rejected.Status.Detail, StringComparison.Ordinal);
        Assert.Empty((await server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token)).Fits);
    }

    private static async Task<FitEstimate> EstimateAsync(TestServer server, FitSettings? settings = null) =>
        (await server.Fits.EstimateFitAsync(
            new EstimateFitRequest { Corpus = "corpora/news", Settings = settings }, cancellationToken: Token)).Estimate;
}
