using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Balancing;

/// <summary>Servers that can be stopped and started again on their ports.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly FakePredictionService[] _services;
    private readonly FakeServer?[] _running;

    private Servers(FakePredictionService[] services, FakeServer[] running)
    {
        _services = services;
        _running = running;
        Addresses = [.. running.Select(static server => server.Address)];
    }

    public IReadOnlyList<Uri> Addresses { get; }

    public static async Task<Servers> StartAsync(params FakePredictionService[] services) =>
        new(services, await Task.WhenAll(services.Select(static service => FakeServer.StartAsync(predictions: service))));

    public async Task StopAsync(int index)
    {
        await _running[index]!.DisposeAsync();
        _running[index] = null;
    }

    public async Task StartAsync(int index) =>
        _running[index] = await FakeServer.StartAsync(predictions: _services[index], port: Addresses[index].Port);

    public async ValueTask DisposeAsync()
    {
        foreach (FakeServer? server in _running)
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }
    }
}
