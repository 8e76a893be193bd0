using Grpc.Core;
using Grpc.Health.V1;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>A full disk (F2, F2b): predictions, labels and publications continue; writes are rejected; fits wait and resume.</summary>
public sealed class DiskFullTests
{
    private static readonly (string, string?) NoReserve = ("Storage:ReserveBytes", "0");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_DiskFull_IsRejectedAndContinuesWhenSpaceIsFree()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path);
        disk.Fill();

        await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "DISK_FULL", () => IngestAsync(server, "full"));
        PredictResponse answer = await PredictAsync(server);
        long kept = await CountAsync(server);
        disk.Free();
        await IngestAsync(server, "full");

        Assert.Equal("models/m/versions/1", answer.ModelVersion);
        Assert.Equal(200, kept);
        Assert.Equal(210, await CountAsync(server));
    }

    [Fact]
    public async Task Calls_DiskFull_SmallWritesUseTheReserveAndOthersNameTheCause()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path);
        disk.Fill();

        SetLabelResponse label = await server.Models.SetLabelAsync(
            new SetLabelRequest { Model = "models/m", Label = "canary", VersionNumber = 1 }, cancellationToken: Token);
        RpcException created = await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "DISK_FULL", () => server.CreateCorpusAsync("more"));
        await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "DISK_FULL", async () =>
            await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token));

        Assert.Contains("canary", label.Model.ToString(), StringComparison.Ordinal);
        Assert.NotNull(created.GetRpcStatus()?.GetDetail<Google.Rpc.RetryInfo>());
    }

    [Fact]
    public async Task SetLabel_DiskFullWithoutReserve_IsRejectedAndNothingChanges()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path, NoReserve);
        disk.Fill();

        bool isRejected = false;
        for (int index = 0; index < 2000 && !isRejected; index++)
        {
            isRejected = await IsRejectedAsync(server, FormattableString.Invariant($"l{index}"));
        }

        Assert.True(isRejected, "2,000 labels fit on a full disk");
        Assert.Equal("models/m/versions/1", (await PredictAsync(server)).ModelVersion);
        disk.Free();
        await server.Models.SetLabelAsync(
            new SetLabelRequest { Model = "models/m", Label = "after", VersionNumber = 1 }, cancellationToken: Token);
    }

    [Fact]
    public async Task Health_DiskFull_WritingServicesAreNotServing()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path);
        Assert.Equal(ServingStatus.Serving, await HealthAsync(server, "topicgrpc.v1.CorpusService"));
        disk.Fill();

        Assert.Equal(ServingStatus.NotServing, await HealthAsync(server, "topicgrpc.v1.CorpusService"));
        Assert.Equal(ServingStatus.NotServing, await HealthAsync(server, "topicgrpc.v1.FitService"));
        Assert.Equal(ServingStatus.Serving, await HealthAsync(server, "topicgrpc.v1.PredictionService"));
        Assert.Equal(ServingStatus.Serving, await HealthAsync(server, string.Empty));
        disk.Free();
        Assert.Equal(ServingStatus.Serving, await HealthAsync(server, "topicgrpc.v1.CorpusService"));
    }

    [Fact]
    public async Task Fit_DiskFillsUp_WaitsAndSucceedsWhenSpaceIsFree()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path, NoReserve);
        await server.FillCorpusAsync("other", 210);
        server.Embedder.HoldAfter(5);
        string running = await StartAsync(server, "other");
        string queued = await StartAsync(server, "news");
        await server.Embedder.SomebodyWaitsAsync(Token);
        disk.Fill();
        server.Embedder.Release();

        await server.AwaitAsync(running, static fit => fit.State == Fit.Types.State.Queued && fit.DocumentCount > 0);
        PredictResponse answer = await PredictAsync(server);
        disk.Free();

        Assert.Equal("models/m/versions/1", answer.ModelVersion);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(running)).State);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(queued)).State);
    }

    [Fact]
    public async Task Cancel_FitThatWaitsForSpace_Ends()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path);
        await server.FillCorpusAsync("other", 210);
        server.Embedder.HoldAfter(5);
        string running = await StartAsync(server, "other");
        string queued = await StartAsync(server, "news");
        await server.Embedder.SomebodyWaitsAsync(Token);
        disk.Fill();

        await server.Fits.CancelFitAsync(new CancelFitRequest { Name = queued }, cancellationToken: Token);
        await server.Fits.CancelFitAsync(new CancelFitRequest { Name = running }, cancellationToken: Token);
        server.Embedder.Release();

        Assert.Equal(Fit.Types.State.Cancelled, (await server.EndOfAsync(queued)).State);
        Assert.Equal(Fit.Types.State.Cancelled, (await server.EndOfAsync(running)).State);
    }

    [Fact]
    public async Task StartAsync_DiskFull_ServesPredictions()
    {
        using SmallDisk disk = Mount();
        await using TestServer server = await TestServer.FittedOnAsync(disk.Path);
        await server.StopAsync();
        disk.Fill();

        await server.StartAgainAsync();

        Assert.Equal("models/m/versions/1", (await PredictAsync(server)).ModelVersion);
    }

    private static SmallDisk Mount()
    {
        var disk = SmallDisk.TryMount(24);
        Assert.SkipWhen(disk is null, "Only root can mount a small file system.");
        return disk!;
    }

    private static async Task<string> StartAsync(TestServer server, string corpus) =>
        (await server.Fits.StartFitAsync(TestServer.FitRequest(corpus, "m"), cancellationToken: Token)).Fit.Name;

    private static async Task<bool> IsRejectedAsync(TestServer server, string label)
    {
        try
        {
            await server.Models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = label, VersionNumber = 1 }, cancellationToken: Token);
            return false;
        }
        catch (RpcException rejected)
        {
            Assert.Equal(StatusCode.ResourceExhausted, rejected.StatusCode);
            Assert.Equal("DISK_FULL", rejected.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
            return true;
        }
    }

    private static async Task IngestAsync(TestServer server, string session)
    {
        await using IngestCall call = await IngestCall.OpenAsync(server, "news", session);
        await call.SendAsync(0, [.. Enumerable.Range(0, 10).Select(static index => ($"x{index}", new string('x', 1000)))]);
        await call.ReadAckAsync();
        await call.CloseAsync();
    }

    private static async Task<long> CountAsync(TestServer server) =>
        (await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus.DocumentCount;

    private static async Task<PredictResponse> PredictAsync(TestServer server) => await server.Predictions.PredictAsync(
        new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = ThemedTexts.Text(3) }, cancellationToken: Token);

    private static async Task<ServingStatus> HealthAsync(TestServer server, string service) =>
        (await new Health.HealthClient(server.Channel)
            .CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Token)).Status;
}
