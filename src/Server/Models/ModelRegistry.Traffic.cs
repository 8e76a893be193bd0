using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Traffic policies, and the etag that they share with labels.</summary>
internal sealed partial class ModelRegistry
{
    /// <summary>Replaces the traffic policy of a model, after every version that it names is loaded; an empty one ends it.</summary>
    /// <returns>The model afterwards.</returns>
    /// <exception cref="ServiceException">A version is not there or cannot serve, or the etag is no longer true.</exception>
    public async Task<ModelRoute> SetTrafficAsync(string model, TrafficRoute traffic, string etag, CancellationToken cancellationToken)
    {
        // Held until the policy protects them: versions without a label may go back to disk at any change of the table.
        List<VersionLease> held = [];
        try
        {
            foreach (long number in traffic.Numbers)
            {
                held.Add(await AcquireAsync(new VersionChoice(model, number, Label: null), cancellationToken));
            }

            using (await routing.EnterAsync(cancellationToken))
            {
                return SetTraffic(model, traffic, etag);
            }
        }
        finally
        {
            held.ForEach(static lease => lease.Dispose());
        }
    }

    private ModelRoute SetTraffic(string model, TrafficRoute traffic, string etag)
    {
        ModelRoute route = Current.Model(model);
        if (route.Traffic?.SaysTheSame(traffic) ?? traffic.IsEmpty)
        {
            return route;
        }

        CheckEtag(route, etag);
        VersionEntry[] named = [.. traffic.Numbers.Select(number => Current.Version(model, number))];
        table.SetTraffic(model, traffic);
        RoutingSnapshot next = Current.With(route with { Traffic = traffic.IsEmpty ? null : traffic });
        foreach (VersionEntry entry in named)
        {
            // Sent back to disk since it was loaded; the caller's hold keeps it alive.
            if (entry.Handle is null && entry.Retired?.TryReinstate() == true)
            {
                next = next.With(model, entry with { Handle = entry.Retired, Retired = null });
            }
        }

        routing.Keep(model, route.Traffic?.Numbers ?? []);
        routing.Exchange(next);
        Log.TrafficChanged(logger, ResourceNames.Model(model), string.Join(", ", traffic.Targets.Select(static target => $"{target.Number}: {target.Weight}")), traffic.Shadow);
        return Current.Model(model);
    }

    private static void CheckEtag(ModelRoute route, string etag)
    {
        if (etag.Length > 0 && etag != route.Etag)
        {
            throw Fault.EtagMismatch(ResourceNames.Model(route.Id), route.Etag);
        }
    }
}
