namespace TopicGrpc.Server.Models;

/// <summary>The turn of the one who changes the routing table. Dispose it exactly once.</summary>
internal readonly struct WritersTurn(SemaphoreSlim writing) : IDisposable
{
    public void Dispose() => writing.Release();
}
