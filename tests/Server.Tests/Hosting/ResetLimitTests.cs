using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Tests.Hosting;

public sealed class ResetLimitTests : IDisposable
{
    private const int PerSecond = 100;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly ResetLimit _limit;

    public ResetLimitTests() => _limit = new ResetLimit(_pipe.Reader, PerSecond, _clock, _closed.Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _closed.Dispose();

    [Fact]
    public async Task ReadAsync_MoreResetsThanAllowed_PassesTheRestAsTimePasses()
    {
        await WriteAsync((byte[])[.. Preface(), .. Pairs(250)]);

        Assert.Equal(100, await ResetsAsync());

        Task<int> next = ResetsAsync();
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(50, await next);

        next = ResetsAsync();
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(100, await next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_FramesCutAnywhere_PassesTheSameBytesAndCountsTheResets(bool takesAll)
    {
        byte[] sent = [.. Preface(), .. Pairs(20), .. Frame(0, new byte[40_000]), .. Pairs(80), .. Frame(6, new byte[8]), .. Pairs(1)];
        Task<byte[]> passed = ReadAllAsync(takesAll);
        Random random = new(1);
        for (int place = 0; place < sent.Length;)
        {
            int count = Math.Min(random.Next(1, 60), sent.Length - place);
            await WriteAsync(sent.AsMemory(place, count));
            place += count;
            await Task.Yield();
        }

        await _pipe.Writer.CompleteAsync();
        Assert.False(passed.IsCompleted, "The reset after the last allowed one has passed.");
        while (!passed.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        Assert.Equal(sent, await passed);
    }

    [Fact]
    public async Task ReadAsync_OtherFramesThanResets_AreNotLimited()
    {
        await WriteAsync((byte[])[.. Preface(), .. Enumerable.Repeat(Frame(6, new byte[8]), 1000).SelectMany(static frame => frame)]);

        ReadResult read = await _limit.ReadAsync(Token);

        Assert.Equal(Preface().Length + (1000 * 17), read.Buffer.Length);
    }

    [Fact]
    public async Task ReadAsync_AnotherProtocol_PassesUnchanged()
    {
        // The bytes after the first line would be resets.
        byte[] sent = [.. "POST /v1 HTTP/1.1\r\nHost"u8, .. Pairs(500)];
        await WriteAsync(sent);
        await _pipe.Writer.CompleteAsync();

        Assert.Equal(sent, await ReadAllAsync(takesAll: true));
    }

    [Fact]
    public async Task CancelPendingRead_WhileAResetWaits_EndsTheRead()
    {
        await WriteAsync((byte[])[.. Preface(), .. Pairs(150)]);
        await ResetsAsync();
        Task<ReadResult> waiting = _limit.ReadAsync(Token).AsTask();
        Assert.False(waiting.IsCompleted);

        _limit.CancelPendingRead();
        ReadResult canceled = await waiting;

        Assert.True(canceled.IsCanceled);
        Assert.True(canceled.Buffer.IsEmpty);
        Assert.False(canceled.IsCompleted);
    }

    [Fact]
    public async Task ReadAsync_ConnectionClosesWhileAResetWaits_Completes()
    {
        await WriteAsync((byte[])[.. Preface(), .. Pairs(150)]);
        await ResetsAsync();
        Task<ReadResult> waiting = _limit.ReadAsync(Token).AsTask();

        await _closed.CancelAsync();

        Assert.True((await waiting).IsCompleted);
    }

    private static byte[] Preface() => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>Returns calls of 30 bytes of headers, each with its reset.</summary>
    private static byte[] Pairs(int count) =>
        [.. Enumerable.Repeat<byte[]>([.. Frame(1, new byte[30]), .. Frame(3, new byte[4])], count).SelectMany(static pair => pair)];

    private static byte[] Frame(byte type, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        payload.CopyTo(frame, 9);
        return frame;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _pipe.Writer.WriteAsync(bytes, Token);

    /// <summary>Reads once and returns the number of resets that passed.</summary>
    private async Task<int> ResetsAsync()
    {
        ReadResult read = await _limit.ReadAsync(Token);
        byte[] bytes = read.Buffer.ToArray();
        _limit.AdvanceTo(read.Buffer.End);
        int resets = 0;
        for (int place = bytes.AsSpan().StartsWith(Preface()) ? Preface().Length : 0; place < bytes.Length;)
        {
            resets += bytes[place + 3] == 3 ? 1 : 0;
            place += 9 + (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(place)) >> 8);
        }

        return resets;
    }

    /// <param name="takesAll">Whether each read takes all that passed, as Kestrel's does; otherwise only whole frames.</param>
    private async Task<byte[]> ReadAllAsync(bool takesAll)
    {
        using MemoryStream all = new();
        while (true)
        {
            ReadResult read = await _limit.ReadAsync(Token);

            long taken = takesAll || read.IsCompleted ? read.Buffer.Length : Whole(read.Buffer, isFirst: all.Length == 0);
            all.Write(read.Buffer.Slice(0, taken).ToArray());
            _limit.AdvanceTo(read.Buffer.GetPosition(taken), read.Buffer.End);
            if (read.IsCompleted)
            {
                return all.ToArray();
            }
        }
    }

    private static long Whole(ReadOnlySequence<byte> buffer, bool isFirst)
    {
        byte[] bytes = buffer.ToArray();
        int place = isFirst ? Preface().Length : 0;
        if (place > bytes.Length)
        {
            return 0;
        }

        while (place + 9 <= bytes.Length)
        {
            int next = place + 9 + (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(place)) >> 8);
            if (next > bytes.Length)
            {
                break;
            }

            place = next;
        }

        return place;
    }
}
