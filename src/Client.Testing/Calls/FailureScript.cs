namespace TopicGrpc.Client.Testing.Calls;

/// <summary>Failures of the next calls. Thread-safe.</summary>
internal sealed class FailureScript
{
    private readonly Lock _gate = new();
    private readonly List<(string? Method, FakeFailure Failure)> _next = [];

    public void Add(string? method, FakeFailure failure, int times)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate)
        {
            _next.AddRange(Enumerable.Repeat((method, failure), times));
        }
    }

    /// <summary>Removes and returns the next failure of a method, otherwise the next failure of any method; null for none.</summary>
    public FakeFailure? Take(string method)
    {
        lock (_gate)
        {
            int index = _next.FindIndex(next => next.Method == method);
            index = index >= 0 ? index : _next.FindIndex(static next => next.Method is null);
            if (index < 0)
            {
                return null;
            }

            FakeFailure failure = _next[index].Failure;
            _next.RemoveAt(index);
            return failure;
        }
    }
}
