using TopicGrpc.Engine.Topics.Comparison;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Compares two versions. The embeddings are compared if one encoder made them.</summary>
internal sealed class VersionComparer(ModelRegistry models)
{
    public async Task<CompareModelVersionsResponse> CompareAsync(CompareModelVersionsRequest request, CancellationToken cancellationToken)
    {
        VersionSelector older = ModelMapping.FromProto(request.BaseSelector, "base_selector");
        VersionSelector newer = ModelMapping.FromProto(request.Selector);
        using VersionLease before = await models.AcquireAsync(older, cancellationToken);
        using VersionLease after = await models.AcquireAsync(newer, cancellationToken);
        var comparison = ModelComparison.Create(before.Handle.Content, after.Handle.Content, cancellationToken);
        return ComparisonMapping.ToProto(comparison, before.Handle, after.Handle);
    }
}
