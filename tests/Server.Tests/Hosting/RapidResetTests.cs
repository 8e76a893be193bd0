using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Hosting;

/// <summary>A client that opens and resets calls without end (CVE-2023-44487) is slowed; other clients are answered.</summary>
public sealed class RapidResetTests
{
    private const int PerSecond = 50;
    private const byte Ping = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RapidReset_AboveTheLimit_IsReadLaterAndPredictionsAreAnswered()
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        await using TestServer server = await TestServer.FittedAsync(clock, ("Server:MaxResetsPerSecond", $"{PerSecond}"));
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Token);
        NetworkStream stream = client.GetStream();
        byte[] start = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, [])];
        await stream.WriteAsync(
            (byte[])[.. start, .. Resets(1, PerSecond), .. PingOf(1), .. Resets(1 + (2 * PerSecond), PerSecond), .. PingOf(2)], Token);

        PingReader pings = new(stream);
        await pings.AwaitAsync(1);
        Task second = pings.AwaitAsync(2);
        for (int text = 0; text < 20; text++)
        {
            await server.Predictions.PredictAsync(
                new PredictRequest { Selector = TestServer.SelectorOf(1), Text = ThemedTexts.Text(text) }, cancellationToken: Token);
        }

        Assert.False(second.IsCompleted);
        while (!second.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        await second;
    }

    private static byte[] PingOf(byte number) => Frame(Ping, 0, 0, [0, 0, 0, 0, 0, 0, 0, number]);

    private static IEnumerable<byte> Resets(int firstStream, int count)
    {
        // Header block without compression (RFC 7541): POST, http, path, authority.
        byte[] block = [0x83, 0x86, .. Literal(4, "/topicgrpc.v1.ModelService/ListModels"), .. Literal(1, "test")];
        return Enumerable.Range(0, count).SelectMany(index =>
            (byte[])[.. Frame(1, 4, firstStream + (2 * index), block), .. Frame(3, 0, firstStream + (2 * index), [0, 0, 0, 8])]);
    }

    private static byte[] Literal(byte name, string value) => [name, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>Reads frames until the answer to a ping.</summary>
    private sealed class PingReader(NetworkStream stream)
    {
        public async Task AwaitAsync(byte number)
        {
            byte[] header = new byte[9];
            byte[] payload = new byte[1 << 14];
            do
            {
                await stream.ReadExactlyAsync(header, Token);
                await stream.ReadExactlyAsync(payload.AsMemory(0, BinaryPrimitives.ReadInt32BigEndian(header) >> 8), Token);
            }
            while (header[3] != Ping || payload[7] != number);
        }
    }
}
