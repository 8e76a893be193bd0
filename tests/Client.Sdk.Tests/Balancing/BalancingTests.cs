using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Grpc.Core;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Balancing;

/// <summary>One client of several servers that stop, start and reject calls.</summary>
public sealed class BalancingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictAsync_ThreeServers_AllAnswer()
    {
        FakePredictionService[] services = [new(), new(), new()];
        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);

        await AwaitAnswersAsync(client, () => services.All(static service => service.Requests.Count >= 5));
    }

    [Fact]
    public async Task PredictAsync_ServerStopsAndStarts_NoCallFailsAndItGetsCallsAgain()
    {
        FakePredictionService[] services = [new(), new()];
        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);
        await AwaitAnswersAsync(client, () => services.All(static service => !service.Requests.IsEmpty));

        await servers.StopAsync(0);
        int before = services[0].Requests.Count;
        await PredictAsync(client, 50);
        Assert.Equal(before, services[0].Requests.Count);

        await servers.StartAsync(0);
        await AwaitAnswersAsync(client, () => services[0].Requests.Count > before);
    }

    [Fact]
    public async Task PredictAsync_OnlyServerStartsAfterAnOutage_NextCallSucceeds()
    {
        await using Servers servers = await Servers.StartAsync(new FakePredictionService());
        using TopicGrpcClient client = new(new TopicGrpcClientOptions
        {
            Address = servers.Addresses[0],
            Retry = new RetryOptions { BudgetTokens = 0 },
        });
        await PredictAsync(client, 1);
        await servers.StopAsync(0);

        // Long enough for the channel to wait longer between two attempts to connect than a call retries.
        var outage = Stopwatch.StartNew();
        while (outage.Elapsed < TimeSpan.FromSeconds(4))
        {
            await Assert.ThrowsAsync<ServerUnavailableException>(() => PredictAsync(client, 1));
        }

        await servers.StartAsync(0);

        await PredictAsync(client, 1);
    }

    [Fact]
    public async Task PredictAsync_ServerStopsDuringCalls_NoCallFails()
    {
        FakePredictionService[] services = [new(), new()];
        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);
        await AwaitAnswersAsync(client, () => services.All(static service => !service.Requests.IsEmpty));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PredictAsync(client, 50)).Append(servers.StopAsync(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task PredictAsync_ServerResetsCalls_TheyAreRetried(int resets)
    {
        FakePredictionService service = new() { Resets = resets };
        await using Servers servers = await Servers.StartAsync([service]);
        using TopicGrpcClient client = Client(servers.Addresses);

        await PredictAsync(client, 1);

        Assert.Equal(resets + 1, service.Requests.Count);
    }

    [Fact]
    public async Task PredictAsync_ServerIsUnavailable_AnotherAnswersWithoutItsDelay()
    {
        FakePredictionService[] services = [new(), new()];
        for (int i = 0; i < 1000; i++)
        {
            services[0].Failures.Enqueue(Refusals.Make(StatusCode.Unavailable, "DRAINING", retryAfter: TimeSpan.FromMinutes(5)));
        }

        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);
        await AwaitAnswersAsync(client, () => !services[0].Requests.IsEmpty && !services[1].Requests.IsEmpty);
        int rejected = services[0].Requests.Count;

        await PredictAsync(client, 100);

        // Suspended servers are tried once a second at most.
        Assert.InRange(services[0].Requests.Count - rejected, 0, 50);
    }

    [Fact]
    public async Task PredictAsync_AllServersAreUnavailable_WaitsForTheirDelay()
    {
        FakePredictionService[] services = [new(), new()];
        foreach (FakePredictionService service in services)
        {
            service.Failures.Enqueue(
                Refusals.Make(StatusCode.Unavailable, "STORAGE_UNAVAILABLE", retryAfter: TimeSpan.FromMilliseconds(20)));
        }

        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);

        Prediction prediction = await client.PredictAsync("news", "gpu", cancellationToken: Token);

        Assert.Equal(3, prediction.TopicId);
    }

    [Fact]
    public async Task PredictAsync_AnswersWithGenerations_TheHighestIsSent()
    {
        FakePredictionService[] services = [new() { Generation = 7 }, new() { Generation = 5 }];
        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);
        await AwaitAnswersAsync(client, () => services.All(static service => !service.Requests.IsEmpty));
        int[] before = [.. services.Select(static service => service.SeenGenerations.Count)];

        await AwaitAnswersAsync(client, () => services.Select(static service => service.SeenGenerations.Count).Zip(before).All(
            static pair => pair.First > pair.Second));

        Assert.Null(services.SelectMany(static service => service.SeenGenerations.Take(1)).FirstOrDefault(static seen => seen is null));
        Assert.All(services.Zip(before), static pair => Assert.All(
            pair.First.SeenGenerations.Skip(pair.Second), static seen => Assert.Equal("7", seen)));
    }

    [Fact]
    public async Task PredictStreamAsync_ServerStops_ResumesOnAnotherOne()
    {
        FakePredictionService[] services = [new(), new()];
        await using Servers servers = await Servers.StartAsync(services);
        using TopicGrpcClient client = Client(servers.Addresses);
        var texts = Channel.CreateUnbounded<string>();
        await using IAsyncEnumerator<PredictionOutcome> answers = client.Predictions
            .PredictStreamAsync("news", texts.Reader.ReadAllAsync(Token), cancellationToken: Token)
            .GetAsyncEnumerator(Token);
        List<string> names = [];
        for (int i = 0; i < 20; i++)
        {
            await texts.Writer.WriteAsync(i.ToString(CultureInfo.InvariantCulture), Token);
            Assert.True(await answers.MoveNextAsync());
            names.Add(answers.Current.EnsureSucceeded().Name);
            if (i == 9)
            {
                await servers.StopAsync(services[0].Opened.IsEmpty ? 1 : 0);
            }
        }

        texts.Writer.Complete();

        Assert.False(await answers.MoveNextAsync());
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => i.ToString(CultureInfo.InvariantCulture)), names);
        Assert.All(services, static service => Assert.NotEmpty(service.Opened));
    }

    private static TopicGrpcClient Client(IEnumerable<Uri> addresses)
    {
        TopicGrpcClientOptions options = new() { Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1) } };
        foreach (Uri address in addresses)
        {
            options.Addresses.Add(address);
        }

        return new TopicGrpcClient(options);
    }

    private static async Task PredictAsync(TopicGrpcClient client, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(3, (await client.PredictAsync("news", "gpu", cancellationToken: Token)).TopicId);
        }
    }

    private static async Task AwaitAnswersAsync(TopicGrpcClient client, Func<bool> isEnough)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!isEnough())
        {
            await PredictAsync(client, 1);
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "A server gets no calls.");
        }
    }
}
