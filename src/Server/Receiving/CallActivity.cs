namespace TopicGrpc.Server.Receiving;

/// <summary>When a call waited for its client: for the rest of a message, for the next one, or for room to write. Thread-safe.</summary>
internal sealed class CallActivity(TimeProvider clock)
{
    private long _partialBytes;
    private long _partialWait;
    private long _readStart;
    private long _writeStart;
    private long _lastWrite;

    /// <summary>Bytes of the message that is being received.</summary>
    public long PartialBytes => Interlocked.Read(ref _partialBytes);

    /// <summary>Time that the call has waited for the rest of the message that is being received.</summary>
    public TimeSpan PartialWait =>
        PartialBytes == 0 ? TimeSpan.Zero : new TimeSpan(Interlocked.Read(ref _partialWait)) + Since(Interlocked.Read(ref _readStart));

    /// <summary>How long the running write has waited for the client to read.</summary>
    public TimeSpan WriteWait => Since(Interlocked.Read(ref _writeStart));

    /// <summary>How long the running read has waited since the client last read or sent.</summary>
    public TimeSpan ReadWait
    {
        get
        {
            long start = Interlocked.Read(ref _readStart);
            return start == 0 ? TimeSpan.Zero : Since(Math.Max(start, Interlocked.Read(ref _lastWrite)));
        }
    }

    /// <summary>Notes that the server starts to write.</summary>
    public void WriteStarted() => Interlocked.Exchange(ref _writeStart, clock.GetTimestamp());

    /// <summary>Notes that the client has taken what was written.</summary>
    public void WriteEnded()
    {
        Interlocked.Exchange(ref _writeStart, 0);
        Interlocked.Exchange(ref _lastWrite, clock.GetTimestamp());
    }

    /// <summary>Notes that the server waits for the client to send.</summary>
    public void ReadStarted() => Interlocked.Exchange(ref _readStart, clock.GetTimestamp());

    /// <summary>Notes that bytes have arrived, or that none will.</summary>
    public void ReadEnded()
    {
        long waited = Since(Interlocked.Exchange(ref _readStart, 0)).Ticks;
        Interlocked.Add(ref _partialWait, PartialBytes > 0 ? waited : 0);
    }

    /// <summary>Notes how much of the next message has arrived.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="isNext">Whether the message before was complete, so that the wait for it is over.</param>
    public void Received(long bytes, bool isNext)
    {
        Interlocked.Exchange(ref _partialBytes, bytes);
        if (isNext)
        {
            Interlocked.Exchange(ref _partialWait, 0);
        }
    }

    private TimeSpan Since(long start) => start == 0 ? TimeSpan.Zero : clock.GetElapsedTime(start);
}
