namespace TopicGrpc.Server.Models;

/// <summary>The write lock of the routing table, released by <see cref="Dispose"/>. Dispose it exactly once.</summary>
internal readonly struct RoutingWriteLock(SemaphoreSlim writing) : IDisposable
{
    public void Dispose() => writing.Release();
}
