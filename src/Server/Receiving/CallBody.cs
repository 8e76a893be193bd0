using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// The request body of one call. It counts the bytes that the call has in memory against the budget of all calls, those of the objects of
/// its messages included; checks the size of each message before the message is buffered, and its lists before it is parsed; and notes
/// when the call waits for its client.
/// </summary>
internal sealed class CallBody(
    PipeReader inner,
    MethodRule rule,
    MessageCost cost,
    ReceiveBudget budget,
    CallMonitor monitor,
    TimeProvider clock,
    HttpContext context) : PipeReader, IRequestBodyPipeFeature
{
    private readonly Lock _lock = new();
    private readonly CallActivity _activity = new(clock);
    private ReadOnlySequence<byte> _buffer;
    private DecompressedMessage? _decompressed;
    private ServiceException? _failure;
    private long _acquired;
    private long _messageBytes;
    private long _objectBytes;
    private long _waitStart;
    private long _retainedBytes;
    private IncomingMessage _next;
    private bool _isWatched;
    private bool _isClosed;

    /// <inheritdoc/>
    public PipeReader Reader => this;

    /// <summary>Opens the stream of a compressed message; null if the messages of the call are not compressed.</summary>
    public Func<Stream, Stream>? Decompress { get; init; }

    /// <summary>
    /// Reports whether the server still works on earlier messages, so that the silence of the client does not count. Null: never.
    /// </summary>
    public Func<bool>? IsBusy { get; set; }

    /// <summary>Bytes of the message that is being received.</summary>
    public long PartialBytes => _activity.PartialBytes;

    /// <summary>Bytes that the call has acquired.</summary>
    public long AcquiredBytes => Interlocked.Read(ref _acquired);

    /// <summary>Time that the call has waited for the rest of the message that is being received.</summary>
    public TimeSpan PartialWait => _activity.PartialWait;

    /// <summary>How long the client has neither sent nor read although it could.</summary>
    public TimeSpan Silence
    {
        get
        {
            TimeSpan writing = _activity.WriteWait;
            return writing > TimeSpan.Zero || IsBusy?.Invoke() == true ? writing : _activity.ReadWait;
        }
    }

    // A message with an unknown compression is left to the framework, which rejects it.
    private bool IsPacked => _next.IsCompressed && Decompress is not null;

    /// <summary>Returns the body of a call.</summary>
    public static CallBody Of(HttpContext context) => context.Features.GetRequiredFeature<CallBody>();

    /// <summary>Ends the call: a waiting read throws the fault. A call that waits for its client to read is aborted instead.</summary>
    public void Fail(ServiceException failure)
    {
        monitor.Ended(rule.Name, failure);
        Interlocked.CompareExchange(ref _failure, failure, null);
        if (_activity.WriteWait > TimeSpan.Zero)
        {
            context.Abort();
        }
        else
        {
            inner.CancelPendingRead();
        }
    }

    /// <summary>Notes that the server starts to write a message.</summary>
    public void WriteStarted()
    {
        _activity.WriteStarted();
        Watch();
    }

    /// <summary>Notes that the client has room for further messages.</summary>
    public void WriteEnded() => _activity.WriteEnded();

    /// <summary>Keeps bytes acquired beyond the next message, because the service queues the last one.</summary>
    public void Retain(long bytes)
    {
        lock (_lock)
        {
            _retainedBytes += bytes;
        }
    }

    /// <summary>Releases bytes that were retained.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _retainedBytes -= bytes;
            Shrink(Math.Min(_acquired, _retainedBytes + _messageBytes + _objectBytes + PartialBytes));
        }
    }

    /// <summary>Releases everything at the end of the call.</summary>
    public void Close()
    {
        if (_isWatched)
        {
            monitor.Remove(this);
        }

        lock (_lock)
        {
            _isClosed = true;
            Shrink(0);
        }

        ReleaseDecompressed();
    }

    /// <inheritdoc/>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfFailed();
        if (rule.IsStream)
        {
            lock (_lock)
            {
                // The service asks for the next message, so it has stored or answered the last one.
                _messageBytes = 0;
                _objectBytes = 0;
                Shrink(_retainedBytes + PartialBytes);
            }
        }

        ValueTask<ReadResult> read = inner.ReadAsync(cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return WaitAsync(read, cancellationToken);
        }

        return AcceptAsync(read.Result, cancellationToken);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        ThrowIfFailed();
        if (!inner.TryRead(out result))
        {
            return false;
        }

        if (!TryAccept(result, out _) || (IsPacked && !TryDecompress(ref result, out _)))
        {
            throw ToRpc(CallFault.ReceivingFull(monitor.MaxBytes));
        }

        return true;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_decompressed is { } message)
        {
            // The service takes a message as a whole.
            bool isTaken = message.Framed.Slice(message.Framed.Start, consumed).Length > 0;
            examined = _buffer.GetPosition(MessageCost.HeaderBytes + _next.Bytes);
            consumed = isTaken ? examined : _buffer.Start;
            ReleaseDecompressed();
        }

        long length = _buffer.Length;
        long taken = _buffer.Slice(_buffer.Start, consumed).Length;
        _waitStart = taken > 0 ? 0 : _waitStart;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
        lock (_lock)
        {
            _messageBytes += taken;
            _activity.Received(length - taken, isNext: taken > 0);
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read, CancellationToken cancellationToken)
    {
        _activity.ReadStarted();
        Watch();
        ReadResult result;
        try
        {
            result = await read;
        }
        finally
        {
            _activity.ReadEnded();
        }

        return await AcceptAsync(result, cancellationToken);
    }

    private ValueTask<ReadResult> AcceptAsync(ReadResult result, CancellationToken cancellationToken)
    {
        bool isAcquired = TryAccept(result, out long missing);
        return isAcquired && !IsPacked ? new(result) : AcceptLaterAsync(result, missing, cancellationToken);
    }

    private async ValueTask<ReadResult> AcceptLaterAsync(ReadResult result, long missing, CancellationToken cancellationToken)
    {
        if (missing > 0)
        {
            await AcquireAsync(missing, cancellationToken);
        }

        if (IsPacked && !TryDecompress(ref result, out missing))
        {
            await AcquireAsync(missing, cancellationToken);
        }

        return result;
    }

    /// <summary>Decompresses the next message and charges what it and its objects take instead of the most that they may take.</summary>
    private bool TryDecompress(ref ReadResult result, out long missing)
    {
        try
        {
            _decompressed = DecompressedMessage.Of(_buffer.Slice(MessageCost.HeaderBytes, _next.Bytes), Decompress!, rule);
            long bytes = cost.Of(_decompressed.Message, rule);
            bool isLast = result.IsCompleted && _buffer.Length == MessageCost.HeaderBytes + _next.Bytes;
            result = new ReadResult(_decompressed.Framed, result.IsCanceled, isLast);
            lock (_lock)
            {
                _objectBytes = bytes;
                Shrink(Math.Min(_acquired, _retainedBytes + _messageBytes + _objectBytes + _buffer.Length));
            }

            return TryCharge(out missing);
        }
        catch (ServiceException rejected)
        {
            monitor.Ended(rule.Name, rejected);
            throw ToRpc(rejected);
        }
    }

    private void ReleaseDecompressed()
    {
        _decompressed?.Dispose();
        _decompressed = null;
    }

    private async Task AcquireAsync(long missing, CancellationToken cancellationToken)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.RequestAborted);
        if (_waitStart == 0)
        {
            _waitStart = clock.GetTimestamp();
        }

        try
        {
            await budget.AcquireAsync(missing, _acquired + missing, _next.IsComplete, _waitStart, stopped.Token);
        }
        catch (ServiceException full)
        {
            monitor.Ended(rule.Name, full);
            throw ToRpc(full);
        }

        lock (_lock)
        {
            _acquired += missing;
            Shrink(_isClosed ? 0 : _acquired);
        }
    }

    /// <summary>Checks what arrived and acquires its bytes.</summary>
    /// <param name="result">What arrived.</param>
    /// <param name="missing">Bytes for which there is no room; 0 if there is.</param>
    private bool TryAccept(in ReadResult result, out long missing)
    {
        if (result.IsCanceled)
        {
            ThrowIfFailed();
        }

        _buffer = result.Buffer;
        _next = Look();
        lock (_lock)
        {
            _objectBytes = Math.Max(_objectBytes, _next.ObjectBytes);
        }

        return TryCharge(out missing);
    }

    /// <summary>Acquires what the call needs and does not have.</summary>
    /// <param name="missing">Bytes for which there is no room; 0 if there is.</param>
    private bool TryCharge(out long missing)
    {
        lock (_lock)
        {
            long total = _retainedBytes + _messageBytes + _objectBytes + _buffer.Length;
            missing = total - _acquired;
            if (missing <= 0)
            {
                missing = 0;
                return true;
            }

            if (_isClosed || !budget.TryAcquire(missing, total))
            {
                return false;
            }

            _acquired = total;
            missing = 0;
            return true;
        }
    }

    /// <exception cref="RpcException">The message is rejected. A unary message is read before the interceptors run.</exception>
    private IncomingMessage Look()
    {
        try
        {
            return cost.Look(_buffer, rule);
        }
        catch (ServiceException rejected)
        {
            monitor.Ended(rule.Name, rejected);
            throw ToRpc(rejected);
        }
    }

    private void Shrink(long to)
    {
        long released = _acquired - to;
        if (released > 0)
        {
            _acquired = to;
            budget.Release(released);
        }
    }

    private void Watch()
    {
        if (!_isWatched)
        {
            _isWatched = true;
            monitor.Add(this);
        }
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw ToRpc(failure);
        }
    }

    // A unary message is read before the interceptors run, so the status is made here.
    private static RpcException ToRpc(ServiceException failure) => StatusMapping.ToRpc(failure);
}
