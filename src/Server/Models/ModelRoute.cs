using System.Collections.Immutable;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>A model in the routing table.</summary>
/// <param name="Id">Id of the model, the last part of its name.</param>
/// <param name="Created">When the first version was published.</param>
/// <param name="Labels">Version number by label.</param>
/// <param name="Versions">Versions by number.</param>
internal sealed record ModelRoute(
    string Id,
    DateTimeOffset Created,
    ImmutableSortedDictionary<string, long> Labels,
    ImmutableSortedDictionary<long, VersionEntry> Versions)
{
    /// <summary>Label of the version that answers calls without a version or label.</summary>
    public const string DefaultLabel = "stable";

    /// <summary>Versions that were deleted while calls held a lease, by number; removed after their last call.</summary>
    public ImmutableSortedDictionary<long, VersionEntry> Leaving { get; init; } = ImmutableSortedDictionary<long, VersionEntry>.Empty;

    /// <summary>Number of moves of each label since startup. A move that waited for a load compares it to detect a later move.</summary>
    public ImmutableDictionary<string, long> LabelMoves { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Traffic policy for the texts of calls without a version or label; null: the default version answers.</summary>
    public TrafficPolicy? Traffic { get; init; }

    /// <summary>All versions, including those in <see cref="Leaving"/>, newest first.</summary>
    public IEnumerable<VersionEntry> All => Versions.Values.Concat(Leaving.Values).OrderByDescending(static entry => entry.Number);

    /// <summary>Existing versions and deleted versions that still answer a call, newest first.</summary>
    public IEnumerable<VersionEntry> Known =>
        All.Where(entry => Versions.ContainsKey(entry.Number) || entry.State == VersionState.Draining);

    /// <summary>Number of the newest version; 0 for none.</summary>
    public long Latest => Versions.IsEmpty ? 0 : Versions.Keys.Last();

    /// <summary>Number of the version that answers calls without a version or label; 0 for none.</summary>
    public long Default => Labels.TryGetValue(DefaultLabel, out long stable)
        ? stable
        : Versions.Where(static pair => pair.Value.State != VersionState.Failed).Select(static pair => pair.Key).LastOrDefault();

    /// <summary>Numbers of the versions that calls can reach without a version number. They stay loaded and are never deleted.</summary>
    public IEnumerable<long> InService =>
        Labels.Values.Append(Default).Concat(Traffic?.Numbers ?? []).Where(Versions.ContainsKey).Distinct();

    /// <summary>Returns whether a label or the policy names a version.</summary>
    public bool IsNamed(long number) => Labels.ContainsValue(number) || (Traffic?.Numbers.Contains(number) ?? false);

    /// <summary>Etag of labels and policy: equal labels and policies have equal etags.</summary>
    public string Etag => Traffic is null
        ? ModelEtag.Of(Labels)
        : ModelEtag.Of(
            Labels,
            Traffic.Targets.Select(static target => (target.Number, target.Weight)),
            Traffic.Shadow,
            Traffic.ShadowSample);

    /// <summary>Returns the model with labels that point at a version.</summary>
    public ModelRoute Point(IEnumerable<string> labels, long number)
    {
        ModelRoute next = this;
        foreach (string label in labels)
        {
            next = next with
            {
                Labels = next.Labels.SetItem(label, number),
                LabelMoves = next.LabelMoves.SetItem(label, next.LabelMoves.GetValueOrDefault(label) + 1),
            };
        }

        return next;
    }
}
