namespace TopicGrpc.Client.Models;

/// <summary>A model: a line of versions.</summary>
public sealed record ModelInfo
{
    /// <summary>Its id.</summary>
    public required string Name { get; init; }

    /// <summary>Version that each label points to.</summary>
    public IReadOnlyDictionary<string, long> Labels { get; init; } = new Dictionary<string, long>();

    /// <summary>Newest version.</summary>
    public long LatestVersion { get; init; }

    /// <summary>When its first version was made.</summary>
    public DateTimeOffset? Created { get; init; }
}
