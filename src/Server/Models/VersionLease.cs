namespace TopicGrpc.Server.Models;

/// <summary>One call's hold on a version, from before its text is read to its answer. Dispose it exactly once.</summary>
internal readonly struct VersionLease(VersionHandle handle) : IDisposable
{
    public VersionHandle Handle { get; } = handle;

    public void Dispose() => Handle.Release();
}
