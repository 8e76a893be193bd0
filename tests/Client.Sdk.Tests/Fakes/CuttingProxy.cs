using System.Net;
using System.Net.Sockets;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>
/// A TCP proxy that resets connections after a seeded random number of bytes, and whose target can change, as when a server comes back
/// elsewhere.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;
    private readonly int _minBytes;
    private readonly int _maxBytes;
    private readonly Task _accepting;
    private int _cuts;

    public CuttingProxy(Uri target, int seed, int minBytes, int maxBytes)
    {
        Target = target;
        _random = new Random(seed);
        _minBytes = minBytes;
        _maxBytes = maxBytes;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Target { get; set; }

    public Uri Address { get; }

    /// <summary>Connections reset on purpose.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                client.NoDelay = true;
                connections.Add(ServeAsync(new ProxiedConnection(client, _random.Next(_minBytes, _maxBytes), _stop.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(ProxiedConnection connection)
    {
        using (connection)
        {
            if (await connection.RunAsync(Target))
            {
                Interlocked.Increment(ref _cuts);
            }
        }
    }
}
