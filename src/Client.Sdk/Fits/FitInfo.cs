using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>A fit or a derivation: queued, running or ended.</summary>
public sealed record FitInfo
{
    /// <summary>Id; sufficient to attach to the fit from another process.</summary>
    public required string Name { get; init; }

    /// <summary>What the job does.</summary>
    public FitKind Kind { get; init; }

    /// <summary>Model of the new version; of an assignment, of the version that assigns.</summary>
    public required string Model { get; init; }

    /// <summary>Corpus that is fitted; empty for a derivation of a version without one.</summary>
    public required string Corpus { get; init; }

    /// <summary>State.</summary>
    public required FitState State { get; init; }

    /// <summary>Settings as given; empty for a derivation. Only <see cref="FitsClient.GetAsync"/> returns them; elsewhere null.</summary>
    public FitSettings? Settings { get; init; }

    /// <summary>Version that the derivation starts from; null for a fit.</summary>
    public long? ParentVersion { get; init; }

    /// <summary>Operation of a derivation; null for a fit. Only <see cref="FitsClient.GetAsync"/> returns it; elsewhere null.</summary>
    public VersionOperation? Operation { get; init; }

    /// <summary>Labels to point at the version when it is ready.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Progress.</summary>
    public FitProgress Progress { get; init; }

    /// <summary>Documents of the corpus at the start of the fit; 0 before.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Expected cost of a queued or running fit; null for a derivation and for an ended fit, whose report has it.</summary>
    public FitEstimate? Estimate { get; init; }

    /// <summary>Number of the new version; null before success. Of an assignment, of the version that assigns.</summary>
    public long? Version { get; init; }

    /// <summary>Report of a fit that succeeded; null before. Only <see cref="FitsClient.GetAsync"/> returns it; elsewhere null.</summary>
    public FitReport? Report { get; init; }

    /// <summary>Cause of the failure; null unless the fit failed.</summary>
    public ErrorDetails? Error { get; init; }

    /// <summary>Human-readable cause of the failure; empty unless the fit failed.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>Time of the request.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>
    /// Caller that started it, such as <c>keys/k7mh2p</c>; <c>anonymous</c> on a server without authentication, empty if an older server
    /// queued it.
    /// </summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Time at which it started to run.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Time of its end.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether the fit has ended.</summary>
    public bool HasEnded => State is FitState.Succeeded or FitState.Failed or FitState.Cancelled;
}
