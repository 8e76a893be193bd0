using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.V1;
using ModelVersion = TopicGrpc.V1.ModelVersion;

namespace TopicGrpc.Client.Sdk.Tests.Streams;

public sealed class ModelWatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchAsync_ConnectionsBreak_TellsEachStateOnce()
    {
        FakeModelService service = new();
        service.Connections.Enqueue([State(1), State(2)]);
        service.Connections.Enqueue([State(2, leases: 5)]);
        service.Connections.Enqueue([]);
        service.Connections.Enqueue([State(2), State(3)]);
        service.Connections.Enqueue([State(4)]);
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = Client(server.Address);

        List<ModelState> states = await client.Models.WatchAsync("news", Token).Take(4).ToListAsync(Token);

        Assert.Equal([1L, 2L, 3L, 4L], states.Select(static state => state.Model.Labels["stable"]));
        Assert.All(states, static state => Assert.Equal("news", Assert.Single(state.Versions).Model));
    }

    [Fact]
    public async Task WatchAsync_UnknownModel_IsTyped()
    {
        await using FakeServer server = await FakeServer.StartAsync(models: new FakeModelService());
        using TopicGrpcClient client = Client(server.Address);

        await Assert.ThrowsAsync<ModelNotFoundException>(() => client.Models.WatchAsync("news", Token).ToListAsync(Token).AsTask());
    }

    private static WatchModelResponse State(long stable, long leases = 0) => new()
    {
        Model = new Model { Name = "models/news", VersionLabels = { { "stable", stable } } },
        ModelVersions = { new ModelVersion { Name = "models/news/versions/1", VersionNumber = 1, ActiveLeases = leases } },
    };

    private static TopicGrpcClient Client(Uri address) => new(new TopicGrpcClientOptions
    {
        Address = address,
        Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(10) },
    });
}
