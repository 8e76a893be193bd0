namespace TopicGrpc.Cluster.Artifacts;

/// <summary>State of one artifact in the cache, guarded by the lock of <see cref="ArtifactCache"/>.</summary>
/// <param name="name">Name of its folder: SHA-256 of the manifest.</param>
internal sealed class CachedArtifact(string name)
{
    /// <summary>Name of its folder.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes that it occupies or has reserved.</summary>
    public long Bytes { get; set; }

    /// <summary>Leases and waiting callers. While there are any, the folder stays.</summary>
    public int Leases { get; set; }

    /// <summary>Number of the last use; the artifact with the least one is removed first.</summary>
    public long LastUse { get; set; }

    /// <summary>The verification or transfer that makes the artifact ready; null before the first lease of this process.</summary>
    public Task? Ready { get; set; }

    /// <summary>Stops the transfer when no caller waits for it any more.</summary>
    public CancellationTokenSource? Stop { get; set; }

    /// <summary>Whether <see cref="Stop"/> is or will be canceled.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether a lease found damage. The copy is verified again after the last release.</summary>
    public bool IsDistrusted { get; set; }

    /// <summary>Whether nothing refers to the artifact any more. The copy is removed after the last release.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Whether the next lease must verify or fetch the copy.</summary>
    public bool NeedsPreparation => Ready is null || IsStopped || Ready is { IsCompleted: true, IsCompletedSuccessfully: false };

    /// <summary>Whether the copy may be removed: no lease, and nothing works on it.</summary>
    public bool IsRemovable => Leases == 0 && Bytes > 0 && Ready is null or { IsCompleted: true };
}
