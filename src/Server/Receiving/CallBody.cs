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
    private static readonly AsyncLocal<CallBody?> CompressedCall = new();

    private readonly Lock _lock = new();
    private ReadOnlySequence<byte> _buffer;
    private ServiceException? _failure;
    private long _acquired;
    private long _messageBytes;
    private long _objectBytes;
    private long _waitStart;
    private long _retainedBytes;
    private long _partialBytes;
    private long _partialWait;
    private long _readStart;
    private long _writeStart;
    private long _lastActivity;
    private IncomingMessage _next;
    private bool _isWatched;
    private bool _isClosed;

    /// <inheritdoc/>
    public PipeReader Reader => this;

    /// <summary>What the method of the call may receive.</summary>
    public MethodRule Rule => rule;

    /// <summary>
    /// Reports whether the server still works on earlier messages, so that the silence of the client does not count. Null: never.
    /// </summary>
    public Func<bool>? IsBusy { get; set; }

    /// <summary>Bytes of the message that is being received.</summary>
    public long PartialBytes => Interlocked.Read(ref _partialBytes);

    /// <summary>Bytes that the call has acquired.</summary>
    public long AcquiredBytes => Interlocked.Read(ref _acquired);

    /// <summary>Time that the call has waited for the rest of the message that is being received.</summary>
    public TimeSpan PartialWait =>
        PartialBytes == 0 ? TimeSpan.Zero : new TimeSpan(Interlocked.Read(ref _partialWait)) + Since(Interlocked.Read(ref _readStart));

    /// <summary>How long the client has neither sent nor read although it could.</summary>
    public TimeSpan Silence
    {
        get
        {
            TimeSpan writing = WriteWait;
            if (writing > TimeSpan.Zero || IsBusy?.Invoke() == true)
            {
                return writing;
            }

            long start = Interlocked.Read(ref _readStart);
            return start == 0 ? TimeSpan.Zero : Since(Math.Max(start, Interlocked.Read(ref _lastActivity)));
        }
    }

    /// <summary>How long the running write has waited for the client to read.</summary>
    public TimeSpan WriteWait => Since(Interlocked.Read(ref _writeStart));

    /// <summary>
    /// The running call if its messages are compressed: their size is known only where they are parsed, and the parser gets no context.
    /// </summary>
    public static CallBody? Compressed
    {
        get => CompressedCall.Value;
        set => CompressedCall.Value = value;
    }

    /// <summary>Returns the body of a call.</summary>
    public static CallBody Of(HttpContext context) => context.Features.GetRequiredFeature<CallBody>();

    /// <summary>Ends the call: a waiting read throws the fault. A call that waits for its client to read is aborted instead.</summary>
    public void Fail(ServiceException failure)
    {
        monitor.Ended(rule.Name, failure);
        Interlocked.CompareExchange(ref _failure, failure, null);
        if (WriteWait > TimeSpan.Zero)
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
        Interlocked.Exchange(ref _writeStart, clock.GetTimestamp());
        Watch();
    }

    /// <summary>Notes that the client has room for further messages.</summary>
    public void WriteEnded()
    {
        Interlocked.Exchange(ref _writeStart, 0);
        Interlocked.Exchange(ref _lastActivity, clock.GetTimestamp());
    }

    /// <summary>Keeps bytes acquired beyond the next message, because the service queues the last one.</summary>
    public void Retain(long bytes)
    {
        lock (_lock)
        {
            _retainedBytes += bytes;
        }
    }

    /// <summary>Acquires the bytes of the message that is being parsed if it was decompressed.</summary>
    /// <exception cref="ServiceException">There is no room now, or the message is rejected.</exception>
    public void Charge(in ReadOnlySequence<byte> message)
    {
        if (!_next.IsCompressed)
        {
            return;
        }

        long bytes = cost.Of(message, rule);
        lock (_lock)
        {
            _objectBytes = bytes;
            long total = _retainedBytes + _messageBytes + _objectBytes + _buffer.Length;
            long missing = total - _acquired;
            if (missing > 0 && !budget.TryAcquire(missing, total))
            {
                throw CallFault.ReceivingFull(monitor.MaxBytes);
            }

            _acquired += Math.Max(missing, 0);
            Shrink(total);
        }
    }

    /// <summary>Releases bytes that were retained.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _retainedBytes -= bytes;
            Shrink(Math.Min(_acquired, _retainedBytes + _messageBytes + _objectBytes + _partialBytes));
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
                Shrink(_retainedBytes + _partialBytes);
            }
        }

        ValueTask<ReadResult> read = inner.ReadAsync(cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return WaitAsync(read, cancellationToken);
        }

        ReadResult result = read.Result;
        return TryAccept(result, out long missing) ? new(result) : AcquireAsync(result, missing, cancellationToken);
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        ThrowIfFailed();
        return inner.TryRead(out result) && (TryAccept(result, out _) ? true : throw ToRpc(CallFault.ReceivingFull(monitor.MaxBytes)));
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        long length = _buffer.Length;
        long taken = _buffer.Slice(_buffer.Start, consumed).Length;
        _waitStart = taken > 0 ? 0 : _waitStart;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
        lock (_lock)
        {
            _messageBytes += taken;
            Interlocked.Exchange(ref _partialBytes, length - taken);
            if (taken > 0)
            {
                Interlocked.Exchange(ref _partialWait, 0);
            }
        }
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _readStart, clock.GetTimestamp());
        Watch();
        ReadResult result;
        try
        {
            result = await read;
        }
        finally
        {
            long waited = Since(Interlocked.Exchange(ref _readStart, 0)).Ticks;
            Interlocked.Add(ref _partialWait, PartialBytes > 0 ? waited : 0);
        }

        return TryAccept(result, out long missing) ? result : await AcquireAsync(result, missing, cancellationToken);
    }

    private async ValueTask<ReadResult> AcquireAsync(ReadResult result, long missing, CancellationToken cancellationToken)
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

        return result;
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
        long length = _buffer.Length;
        _next = Look();
        lock (_lock)
        {
            _objectBytes = Math.Max(_objectBytes, _next.ObjectBytes);
            long total = _retainedBytes + _messageBytes + _objectBytes + length;
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

    private TimeSpan Since(long start) => start == 0 ? TimeSpan.Zero : clock.GetElapsedTime(start);

    // A unary message is read before the interceptors run, so the status is made here.
    private static RpcException ToRpc(ServiceException failure) => StatusMapping.ToRpc(failure);
}
