namespace TopicGrpc.Client.Testing.Calls;

/// <summary>Calls in the order of arrival, and the waits for a number of calls. Thread-safe.</summary>
internal sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<FakeCall> _calls = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public void Add(FakeCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            _waiting.RemoveAll(waiting => waiting.Count <= _calls.Count && waiting.Reached.TrySetResult());
        }
    }

    public Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_calls.Count >= count)
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }
}
