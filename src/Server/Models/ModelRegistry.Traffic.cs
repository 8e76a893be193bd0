using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Traffic policies, and the etag of labels and policies.</summary>
internal sealed partial class ModelRegistry
{
    /// <summary>Replaces the traffic policy of a model after every version that it names is loaded; an empty policy removes it.</summary>
    /// <returns>The model after the change.</returns>
    /// <exception cref="ServiceException">A version does not exist or cannot serve, or the etag is outdated.</exception>
    public async Task<ModelRoute> SetTrafficAsync(string modelId, TrafficPolicy traffic, string etag, CancellationToken cancellationToken)
    {
        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);

        // The leases protect the versions until the policy does: any change of the table may unload versions without a label.
        List<VersionLease> leases = [];
        try
        {
            foreach (long number in traffic.Numbers)
            {
                leases.Add(await AcquireAsync(new VersionSelector(modelId, number, Label: null), cancellationToken));
            }

            ModelRoute changed;
            using (await routing.EnterAsync(cancellationToken))
            {
                changed = await SetTrafficAsync(modelId, traffic, etag);
            }

            await RequireAllAsync($"The traffic policy of '{ResourceNames.Model(modelId)}' was set.", cancellationToken);
            return changes.IsShared ? Current.Model(modelId) : changed;
        }
        finally
        {
            leases.ForEach(static lease => lease.Dispose());
        }
    }

    private static void CheckEtag(ModelRoute route, string etag)
    {
        if (etag.Length > 0 && etag != route.Etag)
        {
            throw Fault.EtagMismatch(ResourceNames.Model(route.Id), route.Etag);
        }
    }

    private async Task<ModelRoute> SetTrafficAsync(string modelId, TrafficPolicy traffic, string etag)
    {
        ModelRoute route = Current.Model(modelId);
        if (route.Traffic?.HasSameEffect(traffic) ?? traffic.IsEmpty)
        {
            return route;
        }

        CheckEtag(route, etag);
        VersionEntry[] named = [.. traffic.Numbers.Select(number => Current.Version(modelId, number))];
        await table.SetTrafficAsync(modelId, traffic, stored =>
        {
            CheckEtag(stored, etag);
            foreach (long number in traffic.Numbers)
            {
                RequireStored(stored, number);
            }
        });
        if (changes.IsShared)
        {
            return route;
        }

        RoutingSnapshot next = Current.With(route with { Traffic = traffic.IsEmpty ? null : traffic });
        foreach (VersionEntry entry in named)
        {
            // The version was unloaded after it was acquired above; the lease keeps it alive.
            if (entry.Handle is null && entry.Retired?.TryReinstate() == true)
            {
                next = next.With(modelId, entry with { Handle = entry.Retired, Retired = null });
            }
        }

        routing.Retain(modelId, route.Traffic?.Numbers ?? []);
        routing.Exchange(next);
        string targets = string.Join(", ", traffic.Targets.Select(static target => $"{target.Number}: {target.Weight}"));
        Log.TrafficChanged(logger, ResourceNames.Model(modelId), targets, traffic.Shadow);
        return Current.Model(modelId);
    }
}
