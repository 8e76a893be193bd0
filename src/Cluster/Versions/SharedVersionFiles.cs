using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Cluster.Versions;

/// <summary>The local copy of the objects of a version, under a lease.</summary>
/// <param name="lease">The lease; released with the files.</param>
/// <param name="contentId">SHA-256 of the manifest.</param>
internal sealed class SharedVersionFiles(ArtifactLease lease, string contentId) : IVersionFiles
{
    /// <inheritdoc/>
    public string Path => lease.Folder;

    /// <inheritdoc/>
    public string ContentId => contentId;

    /// <inheritdoc/>
    public void Dispose() => lease.Dispose();
}
