using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Access;
using TopicGrpc.V1;
using Quota = TopicGrpc.V1.Quota;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>Quotas of keys: rejected calls have a reason and a delay.</summary>
public sealed class QuotaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void TokenBucket_Emptied_RefillsAtItsRate()
    {
        FakeTimeProvider clock = new();
        TokenBucket bucket = new(perSecond: 10, capacity: 10, clock);

        for (int call = 0; call < 10; call++)
        {
            Assert.Equal(TimeSpan.Zero, bucket.Take(1));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(100), bucket.Take(1));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.Zero, bucket.Take(1));
        Assert.True(bucket.Take(1) > TimeSpan.Zero);
    }

    [Fact]
    public void TokenBucket_RequestBeyondTheCapacity_IsPaidByTheNext()
    {
        FakeTimeProvider clock = new();
        TokenBucket bucket = new(perSecond: 10, capacity: 10, clock);

        Assert.Equal(TimeSpan.Zero, bucket.Take(30));
        Assert.Equal(TimeSpan.FromSeconds(2.1), bucket.Take(1));
        clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(TimeSpan.Zero, bucket.Take(1));
    }

    [Fact]
    public async Task Calls_BeyondTheQuota_AreRejectedWithADelayAndOthersAreServed()
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, string greedy) = server.CreateKey(Role.Reader, change: static key => key.Quota = new Quota { CallsPerSecond = 5 });
        (_, string quiet) = server.CreateKey(Role.Reader);
        int rejected = 0;
        for (int call = 0; call < 50; call++)
        {
            try
            {
                await ListAsync(server.With(greedy));
            }
            catch (RpcException exception)
            {
                await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "RATE_LIMITED", () => Task.FromException(exception));
                Assert.True(exception.Trailers.GetValue("grpc-retry-pushback-ms") is { Length: > 0 });
                rejected++;
            }

            await ListAsync(server.With(quiet));
        }

        Assert.InRange(rejected, 1, 45);
    }

    [Fact]
    public async Task Streams_BeyondTheQuota_AreRejectedUntilOneEnds()
    {
        await using TestServer server = await TestServer.FittedAsync();
        (_, string secret) = server.CreateKey(Role.Reader, change: static key => key.Quota = new Quota { Streams = 1 });
        ModelService.ModelServiceClient models = new(server.With(secret));
        WatchModelRequest request = new() { Name = "models/m" };
        using (AsyncServerStreamingCall<WatchModelResponse> first = models.WatchModel(request, cancellationToken: Token))
        {
            Assert.True(await first.ResponseStream.MoveNext(Token));
            using AsyncServerStreamingCall<WatchModelResponse> second = models.WatchModel(request, cancellationToken: Token);
            RpcException full = await Refusal.ExpectAsync(
                StatusCode.ResourceExhausted, "QUOTA_REACHED", () => second.ResponseStream.MoveNext(Token));
            Assert.NotNull(full.Trailers.GetValue("grpc-retry-pushback-ms"));
        }

        // The server notices the end of the first stream after the client has closed it.
        while (true)
        {
            using AsyncServerStreamingCall<WatchModelResponse> third = models.WatchModel(request, cancellationToken: Token);
            try
            {
                Assert.True(await third.ResponseStream.MoveNext(Token));
                break;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
            {
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task ListAsync(CallInvoker caller) =>
        await new ModelService.ModelServiceClient(caller).ListModelsAsync(new ListModelsRequest(), cancellationToken: Token);
}
