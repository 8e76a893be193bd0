namespace TopicGrpc.Server.Members;

/// <summary>The feed of a server that is no member of a cluster: it makes every change itself.</summary>
internal sealed class LocalChangeFeed : IChangeFeed
{
    /// <summary>The one instance.</summary>
    public static LocalChangeFeed Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public bool IsCurrent => true;

    /// <inheritdoc/>
    public void Register(string kind, CopyRefresh refresh)
    {
    }

    /// <inheritdoc/>
    public Task CatchUpAsync(string kind, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task CatchUpAsync(string kind, long atLeast, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> WaitForAllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);
}
