using System.Collections.Immutable;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Joins what the rows say about a model with what this member knows of its versions: handles, errors and leases.</summary>
internal sealed class RoutingMerge(RoutingTable routing, ModelMetrics metrics, ILogger<RoutingMerge> logger)
{
    /// <summary>Returns a model as its rows say.</summary>
    /// <param name="current">The model in the routing table; null for none.</param>
    /// <param name="stored">The model as stored.</param>
    /// <param name="arrived">Versions that were loaded for this change.</param>
    /// <param name="removed">Receives the loaded versions that no longer exist; the caller retires them after the exchange.</param>
    /// <returns>The same object if nothing has changed.</returns>
    public ModelRoute Run(
        ModelRoute? current,
        ModelRoute stored,
        IReadOnlyDictionary<(string ModelId, long Number), VersionEntry> arrived,
        List<VersionHandle> removed)
    {
        ModelRoute next = current ?? stored with { Labels = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal) };
        next = Remove(next, stored, removed);
        foreach ((long number, VersionEntry entry) in stored.Versions)
        {
            if (current is null || !current.Versions.TryGetValue(number, out VersionEntry? known))
            {
                VersionEntry added = arrived.GetValueOrDefault((stored.Id, number)) ?? entry;
                next = next with { Versions = next.Versions.SetItem(number, added) };
            }
            else if (!known.Record.Equals(entry.Record))
            {
                next = next with { Versions = next.Versions.SetItem(number, known with { Record = entry.Record }) };
            }
        }

        return Point(next, stored);
    }

    /// <summary>Reports that a version in service is not loaded.</summary>
    public void NotLoaded(string version, ServiceException failure) => Log.NotLoadedYet(logger, failure, version);

    private ModelRoute Remove(ModelRoute next, ModelRoute stored, List<VersionHandle> removed)
    {
        foreach ((long number, VersionEntry entry) in next.Versions)
        {
            if (stored.Versions.ContainsKey(number))
            {
                continue;
            }

            VersionHandle? handle = entry.Handle ?? entry.Retired;
            VersionEntry leaving = entry with { Handle = null, Error = null, Loading = null, Retired = handle };
            next = next with
            {
                Versions = next.Versions.Remove(number),
                Leaving = handle is null ? next.Leaving : next.Leaving.SetItem(number, leaving),
            };
            if (entry.Handle is not null)
            {
                removed.Add(entry.Handle);
            }

            Log.Deleted(logger, entry.Record.Name);
        }

        return next;
    }

    private ModelRoute Point(ModelRoute next, ModelRoute stored)
    {
        int moves = 0;
        foreach ((string label, long number) in stored.Labels)
        {
            long left = next.Labels.GetValueOrDefault(label);
            if (left != number)
            {
                routing.Retain(next.Id, [left]);
                next = next.Point([label], number);
                moves++;
                Log.LabelMoved(logger, label, ResourceNames.Version(next.Id, number), left);
            }
        }

        if (moves > 0)
        {
            metrics.Swapped(next.Id, moves);
        }

        if (!Equals(next.Traffic, stored.Traffic) && !(next.Traffic is { } had && stored.Traffic is { } has && IsSame(had, has)))
        {
            routing.Retain(next.Id, next.Traffic?.Numbers ?? []);
            next = next with { Traffic = stored.Traffic };
            string targets = string.Join(
                ", ", (stored.Traffic?.Targets ?? []).Select(static target => $"{target.Number}: {target.Weight}"));
            Log.TrafficChanged(logger, ResourceNames.Model(next.Id), targets, stored.Traffic?.Shadow ?? 0);
        }

        return next;
    }

    private static bool IsSame(TrafficPolicy had, TrafficPolicy has) => had.Since == has.Since && had.HasSameEffect(has);
}
