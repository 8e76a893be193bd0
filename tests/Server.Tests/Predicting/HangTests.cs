using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Embedding;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Predicting;

/// <summary>A thread that hangs in the encoder is reported, and only by threads that a hang cannot block.</summary>
public sealed class HangTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_TextRunsLongerThanTheTimeout_CountsItUntilItReturns(bool isBulk)
    {
        FakeTimeProvider clock = new();
        using SteppedEmbedder embedder = new(clock);
        IOptions<EmbeddingOptions> options = Options.Create(new EmbeddingOptions { Executors = 1 });
        using EmbeddingExecutors executors = new(embedder, options, clock);
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using Meter meter = services.GetRequiredService<IMeterFactory>().Create("test");
        using EmbeddingWatchdog watchdog = new(executors, options, meter, NullLogger<EmbeddingWatchdog>.Instance);
        EmbeddingPriority priority = isBulk ? EmbeddingPriority.Paced : EmbeddingPriority.Interactive;
        Task<EmbeddingOutcome> hanging = executors.EmbedAsync("held", priority, deadline: null, Token);
        await embedder.HeldAsync();

        clock.Advance(TimeSpan.FromSeconds(59));
        watchdog.Check();
        Assert.Equal(0, watchdog.Hanging);
        clock.Advance(TimeSpan.FromSeconds(2));
        watchdog.Check();

        // A thread of the bulk lane may starve, so its hang counts when the fallback thread hangs too; here that thread embeds the text.
        Assert.Equal(isBulk ? 0 : 1, watchdog.Hanging);
        embedder.Release();
        await hanging;
        await UntilAsync(() => executors.CountHanging() == 0);
        watchdog.Check();
        Assert.Equal(0, watchdog.Hanging);
    }

    [Fact]
    public async Task Health_EncoderHangs_PredictionsAndFitsAreNotServingUntilItReturns()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:HangTimeout", "00:00:01"), ("Embedding:Executors", "1"));
        Health.HealthClient health = new(server.Channel);
        server.Embedder.Hold();
        AsyncUnaryCall<PredictResponse> hanging = server.Predictions.PredictAsync(
            new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = "hanging text" }, cancellationToken: Token);

        await UntilAsync(health, HealthCheckResponse.Types.ServingStatus.NotServing);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await StatusAsync(health, FitService.Descriptor.FullName));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await StatusAsync(health, string.Empty));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await StatusAsync(health, CorpusService.Descriptor.FullName));

        server.Embedder.Release();
        await hanging;
        await UntilAsync(health, HealthCheckResponse.Types.ServingStatus.Serving);
    }

    private static async Task UntilAsync(Health.HealthClient health, HealthCheckResponse.Types.ServingStatus status)
    {
        while (await StatusAsync(health, PredictionService.Descriptor.FullName) != status)
        {
            Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> StatusAsync(Health.HealthClient health, string service) =>
        (await health.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: Token)).Status;

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
