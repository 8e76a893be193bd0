using System.Diagnostics;
using TopicGrpc.Server.Access;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>A checked request for a fit or a derivation.</summary>
internal sealed record FitRequest
{
    public required string ModelId { get; init; }

    /// <summary>Corpus of the documents; empty for a derivation of a version without one.</summary>
    public string CorpusId { get; init; } = string.Empty;

    /// <summary>Resource name of the version to derive from; empty for a fit.</summary>
    public string ParentVersion { get; init; } = string.Empty;

    /// <summary>Whether <see cref="ParentVersion"/> assigns the documents of the corpus, instead of being derived from.</summary>
    public bool IsAssignment { get; init; }

    /// <summary>Labels to set to the new version.</summary>
    public required IReadOnlyList<string> AssignLabels { get; init; }

    /// <summary>Settings of a fit as given; empty for a derivation.</summary>
    public FitSettings Settings { get; init; } = new();

    /// <summary>Expected cost; null for a derivation.</summary>
    public FitEstimate? Estimate { get; init; }

    /// <summary>Operation of a derivation; null for a fit.</summary>
    public VersionOperation? Operation { get; init; }

    /// <summary>Makes a repeated request return the first one's fit; empty: every request is new.</summary>
    public required string RequestId { get; init; }

    /// <summary>Hash of the message that arrived: an id that comes with another message was reused.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>Identity of the caller; empty: the server itself.</summary>
    public string Caller { get; init; } = CallerScope.CallerId;

    /// <summary>Trace of the call; its fit continues it. Empty without a trace.</summary>
    public ActivityContext Trace { get; init; } = Activity.Current?.Context ?? default;
}
