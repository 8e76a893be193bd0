using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace TopicGrpc.Load.Calls;

/// <summary>One HTTP/2 connection whose frames the caller makes (RFC 9113), well-formed or not. What the server sends is dropped.</summary>
internal sealed class RawConnection : IDisposable
{
    private const byte LiteralPath = 0x04;
    private const byte LiteralAuthority = 0x01;
    private const byte MethodPost = 0x83;
    private const byte SchemeHttp = 0x86;

    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawConnection()
    {
    }

    /// <summary>Types of frames.</summary>
    public enum Kind : byte
    {
        Data = 0,
        Headers = 1,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        WindowUpdate = 8,
        Continuation = 9,
    }

    /// <summary>Opens a TCP connection.</summary>
    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        RawConnection connection = new();
        try
        {
            await connection._socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Returns a frame.</summary>
    public static byte[] Frame(Kind kind, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = (byte)kind;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>Returns the header block of a gRPC call, without compression (RFC 7541).</summary>
    public static byte[] HeaderBlock(string method)
    {
        List<byte> block = [MethodPost, SchemeHttp, LiteralPath];
        Append(block, "/topicgrpc.v1." + method);
        block.Add(LiteralAuthority);
        Append(block, "load");
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[("content-type", "application/grpc"), ("te", "trailers")])
        {
            block.Add(0);
            Append(block, name);
            Append(block, value);
        }

        return [.. block];
    }

    /// <summary>Returns the frames of a call with one message.</summary>
    public static byte[] Call(int stream, string method, ReadOnlySpan<byte> message) =>
    [
        .. Frame(Kind.Headers, 4, stream, HeaderBlock(method)),
        .. Frame(Kind.Data, 1, stream, RawStream.Frame(message)),
    ];

    /// <summary>Sends the connection preface with settings.</summary>
    /// <param name="window">Bytes that the server may send on a stream before this client takes them.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task StartAsync(int window, CancellationToken cancellationToken)
    {
        byte[] settings = [0, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(settings.AsSpan(2), window);
        byte[] start = [.. Preface, .. Frame(Kind.Settings, 0, 0, settings)];
        return WriteAsync(start, cancellationToken);
    }

    /// <summary>Sends bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        }
    }

    /// <summary>Reads and drops what the server sends until it closes the connection.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 << 10];
        while (await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken) > 0)
        {
            // The attacker is not interested in answers.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static void Append(List<byte> block, string text)
    {
        block.Add((byte)text.Length);
        block.AddRange(Encoding.ASCII.GetBytes(text));
    }
}
