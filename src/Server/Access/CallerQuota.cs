using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Access;

/// <summary>What one caller has used of its <see cref="Quota"/>.</summary>
internal sealed class CallerQuota(Quota quota, TimeProvider clock)
{
    private const int TokenBurstSeconds = 10;

    private static readonly TimeSpan StreamDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FitDelay = TimeSpan.FromSeconds(5);

    // Documents leave only when a caller deletes them.
    private static readonly TimeSpan StorageDelay = TimeSpan.FromMinutes(1);

    private readonly TokenBucket? _calls =
        quota.CallsPerSecond > 0 ? new TokenBucket(quota.CallsPerSecond, quota.CallsPerSecond, clock) : null;

    private readonly TokenBucket? _tokens = quota.TokensPerSecond > 0
        ? new TokenBucket(quota.TokensPerSecond, (double)quota.TokensPerSecond * TokenBurstSeconds, clock)
        : null;

    private int _streams;

    /// <summary>The use of a caller without limits.</summary>
    public static CallerQuota Unlimited { get; } = new(Quota.None, TimeProvider.System);

    /// <summary>The limits.</summary>
    public Quota Limits => quota;

    /// <summary>Counts a call.</summary>
    /// <exception cref="ServiceException">There are too many calls per second.</exception>
    public void RequireCall()
    {
        if (_calls?.Take(1) is { } delay && delay > TimeSpan.Zero)
        {
            throw AccessFault.RateLimited("calls per second", quota.CallsPerSecond, delay);
        }
    }

    /// <summary>Counts tokens of a text.</summary>
    /// <exception cref="ServiceException">There are too many tokens per second.</exception>
    public void RequireTokens(int count)
    {
        if (_tokens?.Take(count) is { } delay && delay > TimeSpan.Zero)
        {
            throw AccessFault.RateLimited("tokens per second", quota.TokensPerSecond, delay);
        }
    }

    /// <summary>Checks the number of queued and running fits.</summary>
    /// <param name="unfinished">Fits that the caller sees.</param>
    /// <exception cref="ServiceException">There are too many.</exception>
    public void RequireFit(int unfinished)
    {
        if (quota.Fits > 0 && unfinished >= quota.Fits)
        {
            throw AccessFault.QuotaReached("queued and running fits", quota.Fits, FitDelay);
        }
    }

    /// <summary>Checks the documents that would be stored.</summary>
    /// <param name="documents">Documents of the corpora that the caller sees, new ones included.</param>
    /// <param name="bytes">Bytes of their texts.</param>
    /// <exception cref="ServiceException">There are too many.</exception>
    public void RequireStorage(long documents, long bytes)
    {
        if (quota.Documents > 0 && documents > quota.Documents)
        {
            throw AccessFault.QuotaReached("stored documents", quota.Documents, StorageDelay);
        }

        if (quota.Bytes > 0 && bytes > quota.Bytes)
        {
            throw AccessFault.QuotaReached("bytes of stored texts", quota.Bytes, StorageDelay);
        }
    }

    /// <summary>Counts a stream until the result is disposed.</summary>
    /// <exception cref="ServiceException">Too many streams are open.</exception>
    public IDisposable OpenStream()
    {
        if (Interlocked.Increment(ref _streams) > quota.Streams && quota.Streams > 0)
        {
            Interlocked.Decrement(ref _streams);
            throw AccessFault.QuotaReached("open streams", quota.Streams, StreamDelay);
        }

        return new Place(this);
    }

    private sealed class Place(CallerQuota owner) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._streams);
            }
        }
    }
}
