using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>Report of a fit.</summary>
public sealed record FitReport
{
    /// <summary>Number of training documents.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Dimension of an embedding.</summary>
    public int EmbeddingDimension { get; init; }

    /// <summary>Documents embedded per second; if all embeddings were cached, documents read per second.</summary>
    public double DocumentsPerSecond { get; init; }

    /// <summary>Number of documents whose embedding was cached by an earlier fit of this or another corpus.</summary>
    public long CachedEmbeddingCount { get; init; }

    /// <summary>Number of documents truncated at the encoder's token limit.</summary>
    public long TruncatedCount { get; init; }

    /// <summary>Number of topics without the outliers.</summary>
    public int TopicCount { get; init; }

    /// <summary>Number of outliers.</summary>
    public long OutlierCount { get; init; }

    /// <summary>Time of each stage, in the order of execution.</summary>
    public IReadOnlyList<StageTime> Stages { get; init; } = [];

    /// <summary>Human-readable warnings, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The settings with every default filled in; empty in lists and watches of versions.</summary>
    public FitSettings Settings { get; init; } = new();

    /// <summary>Quality figures; null for a version that was not measured, such as an imported one.</summary>
    public FitQuality? Quality { get; init; }

    /// <summary>Choices of <see cref="FitPreset.Auto"/> with their reasons; empty with other presets.</summary>
    public IReadOnlyList<SettingChoice> Choices { get; init; } = [];

    /// <summary>
    /// Sizes of the smallest cluster that <see cref="FitPreset.Auto"/> tried, ascending; empty if the size was given.
    /// </summary>
    public IReadOnlyList<ResolutionPoint> Resolution { get; init; } = [];

    /// <summary>
    /// The largest groups of near-duplicates, at most 50, largest first; empty unless <see cref="FitSettings.MergeDuplicates"/> is true.
    /// </summary>
    public IReadOnlyList<DuplicateGroup> Duplicates { get; init; } = [];

    /// <summary>
    /// Languages of the documents, the most frequent first; empty if none was recognized, and for derived and imported versions.
    /// </summary>
    public IReadOnlyList<LanguageShare> Languages { get; init; } = [];

    /// <summary>The sample; null if layout and clusters have all documents, and for derived and imported versions.</summary>
    public FitSample? Sample { get; init; }

    /// <summary>Cost that was expected before the fit; null for derived and imported versions.</summary>
    public FitEstimate? Estimate { get; init; }

    /// <summary>Time of the whole fit.</summary>
    public TimeSpan Elapsed { get; init; }
}
