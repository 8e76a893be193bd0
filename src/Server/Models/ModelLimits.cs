using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Limits of models, versions and labels. A job checks them before it starts; the change itself checks them again under the write lock of
/// the routing table, so that two callers never both take the last place.
/// </summary>
internal sealed class ModelLimits(ModelOptions options)
{
    /// <summary>Checks that a model may get one more version with labels.</summary>
    /// <exception cref="ServiceException">A limit is reached.</exception>
    public void RequireVersion(RoutingSnapshot snapshot, string modelId, IReadOnlyCollection<string> labels)
    {
        if (snapshot.Models.GetValueOrDefault(modelId) is not { } route)
        {
            if (IsReached(options.MaxModels, snapshot.Models.Count))
            {
                throw LimitFault.Models(options.MaxModels);
            }

            RequireLabels(modelId, labels.Count);
            return;
        }

        if (options.KeepVersions == 0 && IsReached(options.MaxVersions, route.Versions.Count))
        {
            throw LimitFault.Versions(ResourceNames.Model(modelId), options.MaxVersions);
        }

        RequireLabels(route, labels);
    }

    /// <summary>Checks that labels of a model may be set.</summary>
    /// <exception cref="ServiceException">The limit is reached, and a label is new.</exception>
    public void RequireLabels(ModelRoute route, IReadOnlyCollection<string> labels)
    {
        int added = labels.Distinct(StringComparer.Ordinal).Count(label => !route.Labels.ContainsKey(label));
        if (added > 0)
        {
            RequireLabels(route.Id, route.Labels.Count + added);
        }
    }

    private static bool IsReached(int limit, int count) => limit > 0 && count >= limit;

    private void RequireLabels(string modelId, int count)
    {
        if (options.MaxLabels > 0 && count > options.MaxLabels)
        {
            throw LimitFault.Labels(ResourceNames.Model(modelId), options.MaxLabels);
        }
    }
}
