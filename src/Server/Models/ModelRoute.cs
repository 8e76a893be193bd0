using System.Collections.Immutable;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>A model in the routing table.</summary>
/// <param name="Id">Last part of the name.</param>
/// <param name="Created">When its first version was made.</param>
/// <param name="Labels">Label to version number.</param>
/// <param name="Versions">Versions by number.</param>
internal sealed record ModelRoute(string Id, DateTimeOffset Created, ImmutableSortedDictionary<string, long> Labels, ImmutableSortedDictionary<long, VersionEntry> Versions)
{
    /// <summary>Label that answers calls which name no version.</summary>
    public const string DefaultLabel = "stable";

    /// <summary>Versions that were deleted while calls held them, by number, until those end.</summary>
    public ImmutableSortedDictionary<long, VersionEntry> Leaving { get; init; } = ImmutableSortedDictionary<long, VersionEntry>.Empty;

    /// <summary>How often each label was moved since the start: by it a move that had to load finds that a later one came first.</summary>
    public ImmutableDictionary<string, long> LabelMoves { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Who answers texts of calls that name no version; null: the default version.</summary>
    public TrafficRoute? Traffic { get; init; }

    /// <summary>All versions, those that leave too, the newest first.</summary>
    public IEnumerable<VersionEntry> All => Versions.Values.Concat(Leaving.Values).OrderByDescending(static entry => entry.Record.VersionNumber);

    /// <summary>The versions that there are, and those deleted that still answer a call, the newest first.</summary>
    public IEnumerable<VersionEntry> Known => All.Where(entry => Versions.ContainsKey(entry.Record.VersionNumber) || entry.State == VersionState.Draining);

    /// <summary>Number of the newest version; 0 for none.</summary>
    public long Latest => Versions.IsEmpty ? 0 : Versions.Keys.Last();

    /// <summary>Number of the version that answers calls which name none; 0 for none.</summary>
    public long Default => Labels.TryGetValue(DefaultLabel, out long stable) ? stable : Versions.Where(pair => pair.Value.State != VersionState.Failed).Select(pair => pair.Key).LastOrDefault();

    /// <summary>Numbers of the versions that calls may reach without naming them: they stay loaded and stay there.</summary>
    public IEnumerable<long> InService => Labels.Values.Append(Default).Concat(Traffic?.Numbers ?? []).Where(Versions.ContainsKey).Distinct();

    /// <summary>Hash of labels and policy; equal states have equal etags.</summary>
    public string Etag => Traffic is null
        ? ModelEtag.Of(Labels)
        : ModelEtag.Of(Labels, Traffic.Targets.Select(static target => (target.Number, target.Weight)), Traffic.Shadow, Traffic.ShadowSample);

    /// <summary>Points labels at a version.</summary>
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
