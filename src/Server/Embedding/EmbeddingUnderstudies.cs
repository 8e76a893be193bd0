using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// Threads that embed a lane's texts when its own do not get to them. Those of bulk take idle time only, and where calls or other
/// processes leave none they stand still, in the midst of a text maybe; these are low too, but get an eighth of a core against a busy thread,
/// so that bulk keeps its tenth. The same text gives the same bits, so one that is at work may be begun again: whoever is first ends it.
/// </summary>
internal sealed class EmbeddingUnderstudies : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private readonly EmbeddingLane _lane;
    private readonly Thread[] _threads;

    public EmbeddingUnderstudies(EmbeddingLane lane, int threads)
    {
        _lane = lane;
        _threads = [.. Enumerable.Range(0, threads).Select(index => BackgroundThread.Create(Work, FormattableString.Invariant($"understudy {index}")))];
        Array.ForEach(_threads, static thread => thread.Start());
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        Array.ForEach(_threads, static thread => thread.Join());
        _stopping.Dispose();
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _lane.Busy.Wait(_stopping.Token);
                while (_lane.TakeStranded() is { } job)
                {
                    _lane.Run(job, isOwn: false);
                }

                _lane.RestIfDone();
                _stopping.Token.WaitHandle.WaitOne(Interval);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
