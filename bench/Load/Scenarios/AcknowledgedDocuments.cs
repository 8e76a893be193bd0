using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Counts the acknowledged documents of an upload, and completes a task when a count is reached.</summary>
internal sealed class AcknowledgedDocuments : IProgress<IngestProgress>
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _reached;
    private long _wanted;
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Completes when at least <paramref name="count"/> documents are acknowledged.</summary>
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
