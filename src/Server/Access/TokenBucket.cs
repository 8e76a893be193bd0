namespace TopicGrpc.Server.Access;

/// <summary>
/// Tokens that refill at a rate. A request may take more than is left, if anything is: the debt is paid by the requests after it. So a
/// request larger than the bucket is slowed and never impossible. Thread-safe. (System.Threading.RateLimiting has neither debt nor a
/// <see cref="TimeProvider"/>.)
/// </summary>
internal sealed class TokenBucket(double perSecond, double capacity, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly double _capacity = capacity;
    private double _tokens = capacity;
    private long _updated = clock.GetTimestamp();

    /// <summary>Takes tokens.</summary>
    /// <returns>Zero if they were taken; otherwise the time until a token is left.</returns>
    public TimeSpan Take(double count)
    {
        lock (_lock)
        {
            long now = clock.GetTimestamp();
            _tokens = Math.Min(_capacity, _tokens + (clock.GetElapsedTime(_updated, now).TotalSeconds * perSecond));
            _updated = now;
            if (_tokens < Math.Min(1, count))
            {
                return TimeSpan.FromSeconds(Math.Max(0.001, (1 - _tokens) / perSecond));
            }

            _tokens -= count;
            return TimeSpan.Zero;
        }
    }
}
