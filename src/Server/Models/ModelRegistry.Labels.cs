using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
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
        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
        ModelRoute before = Current.Model(modelId);
        CheckEtag(before, etag);
        long moves = before.LabelMoves.GetValueOrDefault(label);
        long seen = before.Labels.GetValueOrDefault(label);
        (RoutingWriteLock writeLock, bool hasWaited) = await loads.EnterReadyAsync(modelId, number, cancellationToken);
        long previous;
        using (writeLock)
        {
            ModelRoute route = Current.Model(modelId);
            if (hasWaited && route.LabelMoves.GetValueOrDefault(label) != moves)
            {
                throw Fault.LabelMoved(label);
            }

            previous = await table.SetLabelAsync(modelId, label, number, stored =>
            {
                RequireStored(stored, number);
                if (hasWaited && stored.Labels.GetValueOrDefault(label) != seen)
                {
                    throw Fault.LabelMoved(label);
                }

                CheckEtag(stored, etag);
                _limits.RequireLabels(stored, [label]);
            });
            if (!changes.IsShared)
            {
                return (Move(route, label, number, previous), previous);
            }
        }

        await RequireAllAsync($"The label '{label}' of '{ResourceNames.Model(modelId)}' has moved to version {number}.", cancellationToken);
        return (Current.Model(modelId), previous);
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
        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
        CheckEtag(Current.Model(modelId), etag);
        long target = await PreviousAsync(modelId, label, cancellationToken);
        (RoutingWriteLock writeLock, _) = await loads.EnterReadyAsync(modelId, target, cancellationToken);
        using (writeLock)
        {
            // The label may have moved while the version was loading.
            if (!await table.RollbackAsync(modelId, label, target, stored =>
            {
                RequireStored(stored, target);
                CheckEtag(stored, etag);
            }))
            {
                throw Fault.LabelMoved(label);
            }

            if (!changes.IsShared)
            {
                ModelRoute route = Current.Model(modelId);
                return (Move(route, label, target, route.Labels[label]), target);
            }
        }

        await RequireAllAsync($"The label '{label}' of '{ResourceNames.Model(modelId)}' was rolled back to {target}.", cancellationToken);
        return (Current.Model(modelId), target);
    }

    private static void RequireStored(ModelRoute stored, long number)
    {
        if (!stored.Versions.ContainsKey(number))
        {
            throw Fault.VersionNotFound(ResourceNames.Model(stored.Id), number);
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
