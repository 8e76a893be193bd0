using System.Globalization;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Streams;

public sealed class PredictStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictStreamAsync_ConnectionsCutAtRandom_EveryTextIsAnsweredOnceInOrderByOneVersion()
    {
        const int Count = 20_000;
        FakePredictionService service = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        await using CuttingProxy proxy = new(server.Address, seed: 3, minBytes: 20_000, maxBytes: 200_000);
        using TopicGrpcClient client = Client(proxy.Address);

        List<PredictionOutcome> outcomes = await client.Predictions
            .PredictStreamAsync("news", Texts(Count), cancellationToken: Token)
            .ToListAsync(Token);

        Assert.Equal(await Texts(Count).ToListAsync(Token), outcomes.Select(static outcome => outcome.EnsureSucceeded().Name));
        Assert.All(outcomes, static outcome => Assert.Equal(12, outcome.Prediction!.Version));
        Assert.True(proxy.Cuts >= 5, $"Only {proxy.Cuts} connections were cut.");
        Assert.All(service.Opened.Where(static open => open.FirstIndex > 0), static open => Assert.Equal(12, open.Selector.VersionNumber));
    }

    [Fact]
    public async Task PredictStreamAsync_EmptyText_FailsAlone()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = Client(server.Address);

        List<PredictionOutcome> outcomes = await client.Predictions
            .PredictStreamAsync("news", new[] { "a", "", "b" }.ToAsyncEnumerable(), cancellationToken: Token)
            .ToListAsync(Token);

        Assert.Equal([true, false, true], outcomes.Select(static outcome => outcome.Succeeded));
        Assert.Equal("INPUT_EMPTY", outcomes[1].Error!.Reason);
    }

    [Fact]
    public async Task PredictStreamAsync_ReaderThatStops_TakesNoMoreThanTheWindowFromTheSource()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = Client(server.Address);
        int taken = 0;

        IAsyncEnumerable<string> texts = Texts(100_000, () => taken++);
        await foreach (PredictionOutcome outcome in client.Predictions.PredictStreamAsync("news", texts, cancellationToken: Token))
        {
            Assert.True(outcome.Succeeded);
            break;
        }

        Assert.InRange(taken, 1, 258);
    }

    [Fact]
    public async Task PredictStreamAsync_SourceThrows_TheCallerSeesIt()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = Client(server.Address);

        await Assert.ThrowsAsync<FormatException>(async () =>
            await client.Predictions
                .PredictStreamAsync("news", Texts(10, static () => throw new FormatException()), cancellationToken: Token)
                .ToListAsync(Token));
    }

    private static TopicGrpcClient Client(Uri address) => new(new TopicGrpcClientOptions
    {
        Address = address,
        Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20) },
    });

    private static async IAsyncEnumerable<string> Texts(int count, Action? taken = null)
    {
        await Task.Yield();
        for (int index = 0; index < count; index++)
        {
            taken?.Invoke();
            yield return string.Create(CultureInfo.InvariantCulture, $"text {index}");
        }
    }
}
