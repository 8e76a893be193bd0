using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TopicGrpc.Cluster.Tests.Postgres;

/// <summary>A TCP proxy to a database that cuts connections, once, at the next message of a client with a given text.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private byte[]? _text;
    private bool _forwards;
    private int _cuts;

    public CutProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Number of connections that were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Cuts the connection of the next message with a text.</summary>
    /// <param name="text">ASCII text of the message.</param>
    /// <param name="forwards">Whether the database still gets the message; its answer is lost.</param>
    public void CutAt(string text, bool forwards)
    {
        _forwards = forwards;
        Volatile.Write(ref _text, Encoding.ASCII.GetBytes(text));
    }

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
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The proxy was disposed.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (Socket server = new(SocketType.Stream, ProtocolType.Tcp))
        using (var cut = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, cut.Token);
                await Task.WhenAll(
                    CopyAsync(server, client, looksForText: false, cut), CopyAsync(client, server, looksForText: true, cut));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // One side has ended; the other one is closed too.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool looksForText, CancellationTokenSource cut)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, cut.Token)) > 0)
            {
                bool cuts = looksForText && _text is { } text && buffer.AsSpan(0, count).IndexOf(text) >= 0
                    && Interlocked.CompareExchange(ref _text, null, text) == text;
                if (cuts)
                {
                    await EndAsync(buffer.AsMemory(0, count), to, cut);
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, count), cut.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // As above.
        }

        await cut.CancelAsync();
    }

    private async Task EndAsync(ReadOnlyMemory<byte> message, Socket server, CancellationTokenSource cut)
    {
        Interlocked.Increment(ref _cuts);

        // First the client: the answer must not reach it.
        await cut.CancelAsync();
        if (_forwards)
        {
            await server.SendAsync(message, CancellationToken.None);
        }
    }
}
