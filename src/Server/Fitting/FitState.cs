using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Server.Fitting;

/// <summary>State of a fit or a derivation: small, immutable, and without the settings, the operation and the report.</summary>
internal sealed record FitState
{
    /// <summary>First letter of the ids of fits and derivations.</summary>
    public const string FitPrefix = "f";

    /// <summary>First letter of the ids of assignments.</summary>
    public const string AssignmentPrefix = "a";

    public required string Id { get; init; }

    public required string ModelId { get; init; }

    /// <summary>Corpus of the documents; empty for a derivation of a version without one.</summary>
    public string CorpusId { get; init; } = string.Empty;

    /// <summary>Resource name of the version that is derived from or that assigns; empty for a fit.</summary>
    public string ParentVersion { get; init; } = string.Empty;

    /// <summary>Labels to set to the new version.</summary>
    public IReadOnlyList<string> AssignLabels { get; init; } = [];

    public required DateTimeOffset Created { get; init; }

    /// <summary>Id of the caller that started it; empty if an older server queued it.</summary>
    public string CreatedBy { get; init; } = string.Empty;

    public FitStatus Status { get; init; } = FitStatus.Queued;

    /// <summary>Stage of a running fit; null before the first one and after the end.</summary>
    public FitStage? Stage { get; init; }

    /// <summary>Share of the stage that is done, in [0, 1].</summary>
    public double StageProgress { get; init; }

    /// <summary>Documents per second in the embedding stage so far; 0 in other stages.</summary>
    public double DocumentsPerSecond { get; init; }

    /// <summary>Documents read; 0 before they are.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Expected cost; null for a derivation and after the end. Not stored: each run estimates its documents.</summary>
    public V1.FitEstimate? Estimate { get; init; }

    /// <summary>Resource name of the new version; empty until success.</summary>
    public string ModelVersion { get; init; } = string.Empty;

    /// <summary>Why it failed; null unless it did.</summary>
    public Google.Rpc.Status? Error { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public bool HasEnded => Status is FitStatus.Succeeded or FitStatus.Failed or FitStatus.Cancelled;

    /// <summary>Whether the job makes a version from a corpus.</summary>
    public bool IsFit => !IsDerivation && !IsAssignment;

    public bool IsDerivation => ParentVersion.Length > 0 && !IsAssignment;

    /// <summary>Whether the job assigns the documents of a corpus: the id says it, see <see cref="AssignmentPrefix"/>.</summary>
    public bool IsAssignment => Id.StartsWith(AssignmentPrefix, StringComparison.Ordinal);

    /// <summary>Returns whether the job may read documents of a corpus: those of a derivation may come from any.</summary>
    public bool MayRead(string corpusId) => IsDerivation || CorpusId == corpusId;

    /// <summary>Returns the state between two stages: no stage, no progress.</summary>
    public FitState WithoutStage() => this with { Stage = null, StageProgress = 0, DocumentsPerSecond = 0 };
}
