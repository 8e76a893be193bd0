using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Fitting;

/// <summary>What a merge joins: the first version, which the caller holds, and the further ones, held until this is disposed.</summary>
internal sealed class MergeInput(VersionHandle first, IReadOnlyList<VersionLease> further, MergeModels operation) : IDisposable
{
    /// <summary>Documents of all versions.</summary>
    public int DocumentCount => Models.Sum(static model => model.DocumentIds.Count);

    /// <summary>The versions, the first first.</summary>
    public IReadOnlyList<VersionHandle> Versions => [first, .. further.Select(static lease => lease.Handle)];

    private IReadOnlyList<TopicModel> Models => [.. Versions.Select(static version => version.Content)];

    /// <summary>Makes one model of them.</summary>
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
