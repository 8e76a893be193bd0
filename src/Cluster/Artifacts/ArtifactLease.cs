namespace TopicGrpc.Cluster.Artifacts;

/// <summary>The right to read an artifact in the cache. Its folder stays until the lease is released.</summary>
internal sealed class ArtifactLease : IDisposable
{
    private readonly ArtifactCache _cache;
    private readonly CachedArtifact _artifact;
    private int _isReleased;

    internal ArtifactLease(ArtifactCache cache, CachedArtifact artifact, string folder)
    {
        (_cache, _artifact, Folder) = (cache, artifact, folder);
    }

    /// <summary>Path of the folder with the files.</summary>
    public string Folder { get; }

    /// <summary>Reports that a file of the folder is damaged. The next lease after the last release verifies all files again.</summary>
    public void ReportDamage() => _cache.Distrust(_artifact);

    /// <summary>Releases the lease.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            _cache.Release(_artifact);
        }
    }
}
