using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>A fit or a derivation, waiting, at work or ended.</summary>
public sealed record FitInfo
{
    /// <summary>Its id; enough to attach to it from another process.</summary>
    public required string Name { get; init; }

    /// <summary>Model that gets the version.</summary>
    public required string Model { get; init; }

    /// <summary>Corpus that is fitted; empty for a derivation of a version without one.</summary>
    public required string Corpus { get; init; }

    /// <summary>State.</summary>
    public required FitState State { get; init; }

    /// <summary>Settings as given; empty for a derivation. Only <see cref="FitsClient.GetAsync"/> returns them; elsewhere null.</summary>
    public FitSettings? Settings { get; init; }

    /// <summary>Version that is derived from; null for a fit.</summary>
    public long? ParentVersion { get; init; }

    /// <summary>Operation of a derivation; null for a fit. Only <see cref="FitsClient.GetAsync"/> returns it; elsewhere null.</summary>
    public VersionOperation? Operation { get; init; }

    /// <summary>Labels to set to the version once it is ready.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public FitProgress Progress { get; init; }

    /// <summary>Documents of the corpus when it began; 0 before.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Version made; null before success.</summary>
    public long? Version { get; init; }

    /// <summary>Report of a fit that succeeded; null before. Only <see cref="FitsClient.GetAsync"/> returns it; elsewhere null.</summary>
    public FitReport? Report { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public ErrorDetails? Error { get; init; }

    /// <summary>Why it failed, for people; empty unless it did.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>When it was started.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it began to run.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => State is FitState.Succeeded or FitState.Failed or FitState.Cancelled;
}
