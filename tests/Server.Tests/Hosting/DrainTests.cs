using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Hosting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Hosting;

public sealed class DrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WithinTheGrace_IsNotServingButStillAnswers()
    {
        await using TestServer server = await TestServer.FittedAsync(("Server:DrainGrace", "00:10:00"));
        using AsyncServerStreamingCall<WatchModelResponse> watch = server.Models.WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task drained = server.Services.GetRequiredService<ServerDrain>().StoppingAsync(patience.Token);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await HealthAsync(server));
        await Refusal.ExpectAsync(StatusCode.Unavailable, "SERVER_DRAINING", () => watch.ResponseStream.MoveNext(Token));
        Assert.Equal("models/m/versions/1", (await PredictAsync(server)).ModelVersion);
        Assert.False(drained.IsCompleted);
        await patience.CancelAsync();
        await drained;
    }

    [Fact]
    public async Task Stop_AfterTheGrace_RefusesNewCallsAndEndsThoseAtWork()
    {
        await using TestServer server = await TestServer.FittedAsync();
        server.Embedder.Hold();
        Task<PredictResponse> atWork = PredictAsync(server);
        await server.Embedder.SomebodyWaitsAsync(Token);

        await server.Services.GetRequiredService<ServerDrain>().StoppingAsync(Token);

        RpcException refused = await Refusal.ExpectAsync(StatusCode.Unavailable, "SERVER_DRAINING", () => PredictAsync(server));
        Assert.NotNull(refused.Trailers.GetValue("grpc-retry-pushback-ms"));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await HealthAsync(server));
        Task stopped = server.StopHostAsync();
        Assert.False(atWork.IsCompleted);
        server.Embedder.Release();
        Assert.Equal("models/m/versions/1", (await atWork).ModelVersion);
        await stopped;
    }

    [Fact]
    public async Task Stop_InTheMidstOfAFit_IsNoFailedAttempt()
    {
        await using TestServer server = await TestServer.StartAsync(("Fits:MaxAttempts", "1"));
        await server.FillCorpusAsync("news", 200);
        server.Embedder.HoldAfter(50);
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);

        await server.StopAsync();
        server.Embedder.Release();
        await server.StartAgainAsync();

        Fit fit = await server.EndOfAsync(started.Fit.Name);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.Message);
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> HealthAsync(TestServer server) =>
        (await new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Token)).Status;

    private static async Task<PredictResponse> PredictAsync(TestServer server) =>
        await server.Predictions.PredictAsync(
            new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = "rocket launch" }, cancellationToken: Token);
}
