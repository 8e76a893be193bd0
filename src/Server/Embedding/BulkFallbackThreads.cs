using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// Fallback threads of the bulk lane. Bulk threads use idle CPU only and can starve, even during a text. The fallback threads run at low
/// priority, which gets an eighth of a core against a busy thread, so that bulk always advances. They embed a starved text again; the same
/// text gives the same bits, and the first result wins.
/// </summary>
internal sealed class BulkFallbackThreads : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    // As in EmbeddingLane: a thread that hangs in native code is left behind.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly EmbeddingLane _lane;
    private readonly Thread[] _threads;

    public BulkFallbackThreads(EmbeddingLane lane, int threads)
    {
        _lane = lane;
        _threads =
        [
            .. Enumerable.Range(0, threads)
                .Select(index => BackgroundThread.Create(() => Work(index), FormattableString.Invariant($"embedding fallback {index}"))),
        ];
        Array.ForEach(_threads, static thread => thread.Start());
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        if (BackgroundThread.Join(_threads, StopPatience))
        {
            _stopping.Dispose();
        }
    }

    private void Work(int slot)
    {
        try
        {
            while (true)
            {
                _lane.Busy.Wait(_stopping.Token);
                while (_lane.TakeStarved() is { } job)
                {
                    _lane.RunFallback(job, slot);
                }

                _lane.ResetBusyIfIdle();
                _stopping.Token.WaitHandle.WaitOne(Interval);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
