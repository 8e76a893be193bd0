namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Runs calls of the object store with a bound on calls in flight, a timeout of each attempt, and retries. Thread-safe.</summary>
/// <param name="options">The limits.</param>
/// <param name="clock">Clock of timeouts and delays.</param>
/// <param name="uniform">Source of numbers in [0, 1), thread-safe: members must not retry in step.</param>
/// <param name="attempted">Receives the duration of each attempt and the reason of its failure; null after a success.</param>
internal sealed class StoreCalls(
    StoreCallOptions options,
    TimeProvider clock,
    Func<double> uniform,
    Action<TimeSpan, ObjectStoreError?>? attempted = null) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.MaxParallelCalls);

    /// <summary>Attempts of a call.</summary>
    public int MaxAttempts => options.MaxAttempts;

    /// <summary>Calls that may be in flight.</summary>
    public int MaxParallelCalls => options.MaxParallelCalls;

    /// <summary>Runs a call until it succeeds, fails for good, or has used its attempts.</summary>
    /// <param name="key">The object, for messages.</param>
    /// <param name="call">One attempt; it must be repeatable.</param>
    /// <param name="cancellationToken">Ends the attempt and the retries.</param>
    /// <returns>The result of the successful attempt.</returns>
    /// <exception cref="ObjectStoreException">The last attempt failed.</exception>
    public async Task<T> RunAsync<T>(string key, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(key, call, cancellationToken);
            }
            catch (ObjectStoreException failure) when (failure.IsTransient && attempt < options.MaxAttempts)
            {
                await DelayAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Runs a call without result as <see cref="RunAsync{T}"/> does.</summary>
    /// <param name="key">The object, for messages.</param>
    /// <param name="call">One attempt; it must be repeatable.</param>
    /// <param name="cancellationToken">Ends the attempt and the retries.</param>
    public Task RunAsync(string key, Func<CancellationToken, Task> call, CancellationToken cancellationToken) => RunAsync(
        key,
        async token =>
        {
            await call(token);
            return true;
        },
        cancellationToken);

    /// <summary>Runs one attempt of a call.</summary>
    /// <param name="key">The object, for messages.</param>
    /// <param name="call">The attempt.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Its result.</returns>
    public async Task<T> AttemptAsync<T>(string key, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        long started = clock.GetTimestamp();
        try
        {
            T result = await LimitAsync(key, call, cancellationToken);
            attempted?.Invoke(clock.GetElapsedTime(started), null);
            return result;
        }
        catch (ObjectStoreException failure)
        {
            attempted?.Invoke(clock.GetElapsedTime(started), failure.Error);
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Waits before a retry.</summary>
    /// <param name="attempt">Number of the failed attempt, from 1.</param>
    /// <param name="cancellationToken">Ends the delay.</param>
    public Task DelayAsync(int attempt, CancellationToken cancellationToken)
    {
        double bound = Math.Min(
            options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 30)),
            options.MaxRetryDelay.TotalMilliseconds);
        return Task.Delay(TimeSpan.FromMilliseconds(bound * uniform()), clock, cancellationToken);
    }

    public void Dispose() => _slots.Dispose();

    private async Task<T> LimitAsync<T>(string key, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(options.AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested
            && exception is OperationCanceledException or ObjectStoreException { IsTransient: true })
        {
            throw new ObjectStoreException(
                ObjectStoreError.TimedOut,
                key,
                FormattableString.Invariant(
                    $"The object store did not complete a call for {key} within {options.AttemptTimeout.TotalSeconds} s."),
                exception);
        }
    }
}
