namespace TopicGrpc.Client.Models;

/// <summary>A model: a sequence of versions.</summary>
public sealed record ModelInfo
{
    /// <summary>Its id.</summary>
    public required string Name { get; init; }

    /// <summary>Version number by label.</summary>
    public IReadOnlyDictionary<string, long> Labels { get; init; } = new Dictionary<string, long>();

    /// <summary>Traffic policy for calls that name no version; null: the version with the label <c>stable</c> answers.</summary>
    public TrafficPolicy? Traffic { get; init; }

    /// <summary>Hash of labels and policy; pass it to a change to detect concurrent changes.</summary>
    public string Etag { get; init; } = "";

    /// <summary>Number of the newest version.</summary>
    public long LatestVersion { get; init; }

    /// <summary>Creation time of the first version.</summary>
    public DateTimeOffset? Created { get; init; }
}
