namespace TopicGrpc.Client.Models;

/// <summary>A model: a line of versions.</summary>
public sealed record ModelInfo
{
    /// <summary>Its id.</summary>
    public required string Name { get; init; }

    /// <summary>Version that each label points to.</summary>
    public IReadOnlyDictionary<string, long> Labels { get; init; } = new Dictionary<string, long>();

    /// <summary>Who answers calls that name no version; null: the version labelled <c>stable</c>.</summary>
    public TrafficPolicy? Traffic { get; init; }

    /// <summary>Changes with labels and policy; a change may be made to depend on it.</summary>
    public string Etag { get; init; } = "";

    /// <summary>Newest version.</summary>
    public long LatestVersion { get; init; }

    /// <summary>When its first version was made.</summary>
    public DateTimeOffset? Created { get; init; }
}
