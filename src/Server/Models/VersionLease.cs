namespace TopicGrpc.Server.Models;

/// <summary>
/// A call's reference to a version, from before the call's text is read until the call is answered. Dispose it exactly once.
/// </summary>
internal readonly struct VersionLease(VersionHandle handle, ShadowTarget? shadow = null) : IDisposable
{
    public VersionHandle Handle { get; } = handle;

    /// <summary>Shadow version of the call's texts; null for none. The lease holds no reference to it.</summary>
    public ShadowTarget? Shadow { get; } = shadow;

    public void Dispose() => Handle.Release();
}
