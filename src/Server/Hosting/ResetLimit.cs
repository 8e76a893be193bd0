using System.Buffers;
using System.IO.Pipelines;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// What a client sends on one connection of HTTP/2 (RFC 9113), with at most a number of reset streams per second. A client that opens and
/// resets streams without end makes the server start each of them, and they queue before the calls of other clients. Above the limit the
/// connection is not read, so the client is slowed by the flow control of TCP; nothing is rejected. Other protocols pass unchanged.
/// </summary>
internal sealed class ResetLimit(PipeReader inner, int perSecond, TimeProvider clock, CancellationToken closed) : PipeReader
{
    private const int HeaderBytes = 9;
    private const int TypeOffset = 3;
    private const byte ResetFrame = 3;

    // Waits are this long at least, because a timer per frame would cost more than the frame.
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly byte[] _header = new byte[HeaderBytes];
    private ReadOnlySequence<byte> _buffer;
    private CancellationTokenSource? _wait;

    // Bytes of the buffer that have passed, and the place in the preface, the header or the payload that they end at.
    private long _scanned;
    private int _prefaceBytes;
    private int _headerBytes;
    private long _payloadBytes;
    private long _lastRefill = clock.GetTimestamp();
    private double _allowed = perSecond;
    private bool _isOther;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ValueTask<ReadResult> read = inner.ReadAsync(cancellationToken);
        if (_isOther)
        {
            return read;
        }

        if (!read.IsCompletedSuccessfully)
        {
            return WaitAsync(read, cancellationToken);
        }

        ReadResult result = read.Result;
        return TryPass(ref result) ? new(result) : DelayAsync(result, cancellationToken);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
        {
            return false;
        }

        if (_isOther || TryPass(ref result))
        {
            return true;
        }

        inner.AdvanceTo(result.Buffer.Start);
        return false;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_isOther)
        {
            _scanned -= _buffer.Slice(_buffer.Start, consumed).Length;
            _buffer = default;
        }

        inner.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead()
    {
        inner.CancelPendingRead();
        lock (_lock)
        {
            // Not synchronously: the reader would continue inside the lock.
            _ = _wait?.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read, CancellationToken cancellationToken)
    {
        ReadResult result = await read;
        return TryPass(ref result) ? result : await DelayAsync(result, cancellationToken);
    }

    /// <summary>Waits until the next reset is allowed, the connection ends, or the server cancels the read.</summary>
    private async ValueTask<ReadResult> DelayAsync(ReadResult result, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closed);
        lock (_lock)
        {
            _wait = wait;
        }

        try
        {
            while (!TryPass(ref result))
            {
                var missing = TimeSpan.FromSeconds((1 - _allowed) / perSecond);
                await Task.Delay(missing > LeastWait ? missing : LeastWait, clock, wait.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _buffer = result.Buffer.Slice(0, 0);
            return new ReadResult(_buffer, isCanceled: true, isCompleted: closed.IsCancellationRequested);
        }
        finally
        {
            lock (_lock)
            {
                _wait = null;
            }
        }

        return result;
    }

    /// <summary>Passes what arrived up to the first reset that is not allowed yet.</summary>
    /// <returns>False if that is nothing new.</returns>
    private bool TryPass(ref ReadResult result)
    {
        _buffer = result.Buffer;
        long passed = _scanned;
        while (_scanned < _buffer.Length && !_isOther)
        {
            if (_prefaceBytes < Preface.Length)
            {
                ScanPreface();
            }
            else if (_payloadBytes > 0)
            {
                long count = Math.Min(_payloadBytes, _buffer.Length - _scanned);
                _payloadBytes -= count;
                _scanned += count;
            }
            else if (!TryScanHeader())
            {
                if (_scanned == passed && !result.IsCanceled)
                {
                    return false;
                }

                _buffer = _buffer.Slice(0, _scanned);
                result = new ReadResult(_buffer, result.IsCanceled, isCompleted: false);
                return true;
            }
        }

        return true;
    }

    private void ScanPreface()
    {
        Span<byte> part = stackalloc byte[Preface.Length];
        part = part[..(int)Math.Min(Preface.Length - _prefaceBytes, _buffer.Length - _scanned)];
        _buffer.Slice(_scanned, part.Length).CopyTo(part);
        _isOther = !Preface[_prefaceBytes..].StartsWith(part);
        _prefaceBytes += part.Length;
        _scanned += part.Length;
    }

    /// <summary>Scans the header of a frame, or the part of it that has arrived.</summary>
    /// <returns>False for a reset that is not allowed yet. It is scanned again, from the first byte that has not passed.</returns>
    private bool TryScanHeader()
    {
        int missing = HeaderBytes - _headerBytes;
        int count = (int)Math.Min(missing, _buffer.Length - _scanned);
        _buffer.Slice(_scanned, count).CopyTo(_header.AsSpan(_headerBytes));
        if (count == missing && _header[TypeOffset] == ResetFrame && !TryTakeReset())
        {
            return false;
        }

        _scanned += count;
        _headerBytes = (_headerBytes + count) % HeaderBytes;
        _payloadBytes = count == missing ? (_header[0] << 16) | (_header[1] << 8) | _header[2] : 0;
        return true;
    }

    private bool TryTakeReset()
    {
        if (_allowed < 1)
        {
            _allowed = Math.Min(perSecond, _allowed + (clock.GetElapsedTime(_lastRefill).TotalSeconds * perSecond));
            _lastRefill = clock.GetTimestamp();
        }

        bool isAllowed = _allowed >= 1;
        _allowed -= isAllowed ? 1 : 0;
        return isAllowed;
    }
}
