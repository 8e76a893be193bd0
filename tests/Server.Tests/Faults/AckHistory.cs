using Grpc.Core;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// What a client knows of one value on a server that may be killed at any moment: the last acknowledged value, and the values that a call
/// without an answer may have set. Thread-safe.
/// </summary>
internal sealed class AckHistory<T>(T initial)
{
    private readonly Lock _gate = new();
    private readonly List<T> _possible = [initial];

    /// <summary>The last value that was acknowledged or checked.</summary>
    public T Known
    {
        get
        {
            lock (_gate)
            {
                return _possible[0];
            }
        }
    }

    /// <summary>Runs a call that sets the value. Without an answer, old and new value are possible.</summary>
    public async Task SetAsync(T value, Func<Task> call)
    {
        lock (_gate)
        {
            _possible.Add(value);
        }

        try
        {
            await call();
        }
        catch (RpcException rejected) when (rejected.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            lock (_gate)
            {
                _possible.RemoveAt(_possible.Count - 1);
            }

            throw;
        }

        Check(value);
    }

    /// <summary>Records what the server has.</summary>
    /// <returns>Whether it is one of the possible values.</returns>
    public bool Check(T value)
    {
        lock (_gate)
        {
            bool isPossible = _possible.Contains(value);
            _possible.Clear();
            _possible.Add(value);
            return isPossible;
        }
    }
}
