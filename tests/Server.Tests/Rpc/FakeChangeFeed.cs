using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Server.Tests.Rpc;

/// <summary>Changes of other members, as a test makes them: a wait ends at once and is recorded.</summary>
internal sealed class FakeChangeFeed : IChangeFeed
{
    /// <summary>The waits: a kind, or a kind and the number of a change.</summary>
    public List<string> Waits { get; } = [];

    /// <summary>What happens during a wait; null: nothing.</summary>
    public Action? WhileWaiting { get; set; }

    /// <summary>How each wait fails; null: it succeeds.</summary>
    public ServiceException? Failure { get; set; }

    public bool IsShared { get; set; } = true;

    public bool IsCurrent => true;

    public void Register(string kind, CopyRefresh refresh)
    {
        // The copies of these tests are changed by the tests.
    }

    public Task CatchUpAsync(string kind, CancellationToken cancellationToken) => WaitAsync(kind);

    public Task CatchUpAsync(string kind, long atLeast, CancellationToken cancellationToken) => WaitAsync($"{kind} {atLeast}");

    public Task<IReadOnlyList<string>> WaitForAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task WaitAsync(string wait)
    {
        Waits.Add(wait);
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        WhileWaiting?.Invoke();
        return Task.CompletedTask;
    }
}
