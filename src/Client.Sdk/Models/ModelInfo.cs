namespace TopicGrpc.Client.Models;

/// <summary>A model: a line of versions.</summary>
public sealed record ModelInfo
{
    /// <summary>Its id.</summary>
    public required string Name { get; init; }

    /// <summary>Version that each label points to.</summary>
    public IReadOnlyDictionary<string, long> Labels { get; init; } = new Dictionary<string, long>();

    /// <summary>Newest version; 0 when there is none.</summary>
    public long LatestVersion { get; init; }
}
