using System.Net.Sockets;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Counts the bytes that arrive at a client over all of its connections.</summary>
internal sealed class CountingConnection
{
    private long _received;

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Creates a handler for a gRPC channel.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new CountingStream(socket, count => Interlocked.Add(ref _received, count));
        },
    };

    private sealed class CountingStream(Socket socket, Action<int> received) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await base.ReadAsync(buffer, cancellationToken);
            received(count);
            return count;
        }
    }
}
