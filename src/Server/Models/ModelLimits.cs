using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Limits of models, versions and labels. A job checks them before it starts; the change itself checks them again in its transaction, so
/// that two callers never both take the last place.
/// </summary>
internal sealed class ModelLimits(ModelOptions options)
{
    /// <summary>Checks that a model may get one more version with labels.</summary>
    /// <exception cref="ServiceException">A limit is reached.</exception>
    public void RequireVersion(RoutingSnapshot snapshot, string modelId, IReadOnlyCollection<string> labels) =>
        RequireVersion(snapshot.Models.GetValueOrDefault(modelId), snapshot.Models.Count, modelId, labels);

    /// <summary>Checks that a model may get one more version with labels.</summary>
    /// <param name="route">The model; null if the version is its first.</param>
    /// <param name="models">Number of models; not used if the model exists.</param>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="labels">Labels of the version.</param>
    /// <exception cref="ServiceException">A limit is reached.</exception>
    public void RequireVersion(ModelRoute? route, int models, string modelId, IReadOnlyCollection<string> labels)
    {
        if (route is null)
        {
            if (IsReached(options.MaxModels, models))
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
