using System.Collections.Immutable;

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

    /// <summary>Number of the newest version; 0 for none.</summary>
    public long Latest => Versions.IsEmpty ? 0 : Versions.Keys.Last();

    /// <summary>Number of the version that answers calls which name none; 0 for none.</summary>
    public long Default => Labels.TryGetValue(DefaultLabel, out long stable) ? stable : Versions.Where(pair => pair.Value.State != VersionState.Failed).Select(pair => pair.Key).LastOrDefault();
}
