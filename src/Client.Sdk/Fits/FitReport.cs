using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>What a fit did.</summary>
public sealed record FitReport
{
    /// <summary>Documents fitted on.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Numbers per embedding.</summary>
    public int EmbeddingDimension { get; init; }

    /// <summary>Documents embedded per second; where the embeddings of all were kept, documents read back per second.</summary>
    public double DocumentsPerSecond { get; init; }

    /// <summary>Documents whose embedding was kept from an earlier fit of the corpus; the others were embedded.</summary>
    public long CachedEmbeddingCount { get; init; }

    /// <summary>Documents cut at the encoder's last token.</summary>
    public long TruncatedCount { get; init; }

    /// <summary>Topics, the outliers not counted.</summary>
    public int TopicCount { get; init; }

    /// <summary>Documents in no topic.</summary>
    public long OutlierCount { get; init; }

    /// <summary>Time of each stage, in the order they ran.</summary>
    public IReadOnlyList<StageTime> Stages { get; init; } = [];

    /// <summary>What a person should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The settings with every default filled in; empty in lists and watches of versions.</summary>
    public FitSettings Settings { get; init; } = new();

    /// <summary>Figures by which versions are compared; null for a version that was not measured, such as an imported one.</summary>
    public FitQuality? Quality { get; init; }

    /// <summary>What <see cref="FitPreset.Auto"/> chose and why; empty with other settings.</summary>
    public IReadOnlyList<SettingChoice> Choices { get; init; } = [];

    /// <summary>Time of the whole fit.</summary>
    public TimeSpan Elapsed { get; init; }
}
