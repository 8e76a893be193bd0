using System.Net;
using System.Net.Sockets;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>A TCP proxy that drops connections after a seeded random number of bytes, and whose target can change, as when a server comes back elsewhere.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;
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
        _accepting = AcceptAsync();
    }

    public Uri Target { get; set; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Connections dropped on purpose.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
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
                connections.Add(ServeAsync(client, new Budget(_random.Next(_minBytes, _maxBytes))));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client, Budget budget)
    {
        using Socket near = client;
        using Socket far = new(SocketType.Stream, ProtocolType.Tcp);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await far.ConnectAsync(Target.Host, Target.Port, ended.Token);
            Task up = PumpAsync(near, far, budget, ended);
            Task down = PumpAsync(far, near, budget, ended);
            await Task.WhenAll(up, down);
        }
        catch (Exception broken) when (broken is OperationCanceledException or SocketException)
        {
            // A broken connection is what this proxy is for.
        }
        finally
        {
            // A reset, not a polite end: what is under way is lost.
            near.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Budget budget, CancellationTokenSource ended)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, ended.Token) is int count and > 0)
            {
                if (!budget.TryTake(count))
                {
                    Interlocked.Increment(ref _cuts);
                    break;
                }

                await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, ended.Token);
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    /// <summary>Bytes that a connection may carry, both directions together.</summary>
    private sealed class Budget(int bytes)
    {
        private int _left = bytes;

        public bool TryTake(int count) => Interlocked.Add(ref _left, -count) >= 0;
    }
}
