namespace TopicGrpc.Client.Calls;

/// <summary>
/// The retry throttle of gRFC A6: a failure removes a token, a success adds a tenth of a token, and retries stop at half of the capacity.
/// Thread-safe.
/// </summary>
internal sealed class RetryBudget(int tokens)
{
    private const int Scale = 1000;
    private const int Refund = Scale / 10;
    private readonly int _capacity = tokens * Scale;
    private int _left = tokens * Scale;

    public bool AllowsRetry => _capacity == 0 || Volatile.Read(ref _left) > _capacity / 2;

    public void OnSuccess() => Add(Refund);

    public void OnFailure() => Add(-Scale);

    private void Add(int amount)
    {
        int seen = Volatile.Read(ref _left);
        while (true)
        {
            int wanted = Math.Clamp(seen + amount, 0, _capacity);
            if (wanted == seen)
            {
                return;
            }

            int before = Interlocked.CompareExchange(ref _left, wanted, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
