using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Fitting;

/// <summary>The versions of a merge. The caller has the lease of the first one; this object releases the others on disposal.</summary>
internal sealed class MergeInput(VersionHandle first, IReadOnlyList<VersionLease> further, MergeModels operation) : IDisposable
{
    /// <summary>Documents of all versions.</summary>
    public int DocumentCount => Models.Sum(static model => model.DocumentIds.Count);

    /// <summary>The versions, in the order in which they are merged.</summary>
    public IReadOnlyList<VersionHandle> Versions => [first, .. further.Select(static lease => lease.Handle)];

    private IReadOnlyList<TopicModel> Models => [.. Versions.Select(static version => version.Content)];

    /// <summary>Merges them into one model.</summary>
    public TopicModel Merge(CancellationToken cancellationToken) => operation.Apply(Models, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (VersionLease lease in further)
        {
            lease.Dispose();
        }
    }
}
