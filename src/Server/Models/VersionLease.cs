namespace TopicGrpc.Server.Models;

/// <summary>One call's hold on a version, from before its text is read to its answer. Dispose it exactly once.</summary>
internal readonly struct VersionLease(VersionHandle handle, ShadowRoute? shadow = null) : IDisposable
{
    public VersionHandle Handle { get; } = handle;

    /// <summary>Who else is to answer the call's texts; null for nobody. Not held.</summary>
    public ShadowRoute? Shadow { get; } = shadow;

    public void Dispose() => Handle.Release();
}
