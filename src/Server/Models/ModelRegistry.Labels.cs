using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Moves of labels.</summary>
internal sealed partial class ModelRegistry
{
    /// <summary>Points a label at a version, and loads the version first if it is only on disk.</summary>
    /// <returns>The model after the change, and the version that the label pointed at before (0 for none).</returns>
    /// <exception cref="ServiceException">The version does not exist or cannot serve, or the etag is outdated.</exception>
    public async Task<(ModelRoute Model, long Previous)> SetLabelAsync(
        string modelId,
        string label,
        long number,
        string etag,
        CancellationToken cancellationToken)
    {
        CheckEtag(Current.Model(modelId), etag);
        long moves = Current.Model(modelId).LabelMoves.GetValueOrDefault(label);
        (RoutingWriteLock writeLock, bool hasWaited) = await loads.EnterReadyAsync(modelId, number, cancellationToken);
        using (writeLock)
        {
            ModelRoute route = Current.Model(modelId);
            if (hasWaited && route.LabelMoves.GetValueOrDefault(label) != moves)
            {
                throw Fault.LabelMoved(label);
            }

            CheckEtag(route, etag);
            _limits.RequireLabels(route, [label]);
            long previous = route.Labels.GetValueOrDefault(label);
            await table.SetLabelAsync(modelId, label, number);
            return (Move(route, label, number, previous), previous);
        }
    }

    /// <summary>Points a label back at the version before its last move, one step.</summary>
    /// <returns>The model after the change, and the version that the label points at.</returns>
    /// <exception cref="ServiceException">The label has no previous version, or the etag is outdated.</exception>
    public async Task<(ModelRoute Model, long Number)> RollbackLabelAsync(
        string modelId,
        string label,
        string etag,
        CancellationToken cancellationToken)
    {
        CheckEtag(Current.Model(modelId), etag);
        long target = await PreviousAsync(modelId, label, cancellationToken);
        (RoutingWriteLock writeLock, _) = await loads.EnterReadyAsync(modelId, target, cancellationToken);
        using (writeLock)
        {
            // The label may have moved while the version was loading.
            if (await PreviousAsync(modelId, label, cancellationToken) != target)
            {
                throw Fault.LabelMoved(label);
            }

            ModelRoute route = Current.Model(modelId);
            CheckEtag(route, etag);
            long left = route.Labels[label];
            await table.RollbackAsync(modelId, label);
            return (Move(route, label, target, left), target);
        }
    }

    private ModelRoute Move(ModelRoute route, string label, long number, long left)
    {
        routing.Retain(route.Id, [left]);
        routing.Exchange(Current.With(route.Point([label], number)));
        metrics.Swapped(route.Id, 1);
        Log.LabelMoved(logger, label, route.Versions[number].Record.Name, left);
        return Current.Model(route.Id);
    }

    private async Task<long> PreviousAsync(
        string modelId,
        string label,
        CancellationToken cancellationToken) => Current.Model(modelId).Labels.ContainsKey(label)
        ? await table.FindPreviousAsync(modelId, label, cancellationToken)
            ?? throw Fault.NotAvailable($"The label '{label}' has no previous version to roll back to.")
        : throw Fault.LabelNotFound(ResourceNames.Model(modelId), label);
}
