using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Load.Scenarios;

/// <summary>How many documents of an upload are acknowledged, for one who waits for a number of them.</summary>
internal sealed class AcknowledgedDocuments : IProgress<IngestProgress>
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _reached;
    private long _wanted;
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Ends when at least so many are acknowledged.</summary>
    public Task ReachAsync(long count)
    {
        lock (_gate)
        {
            if (_count >= count)
            {
                return Task.CompletedTask;
            }

            _wanted = count;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    /// <inheritdoc/>
    public void Report(IngestProgress value)
    {
        lock (_gate)
        {
            Interlocked.Exchange(ref _count, value.Acknowledged);
            if (value.Acknowledged >= _wanted)
            {
                _reached?.TrySetResult();
            }
        }
    }
}
