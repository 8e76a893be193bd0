namespace TopicGrpc.Client.Fits;

/// <summary>What a fit did.</summary>
public sealed record FitReport
{
    /// <summary>Documents fitted.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Topics found, the outliers not counted.</summary>
    public int TopicCount { get; init; }

    /// <summary>Documents in no topic.</summary>
    public long OutlierCount { get; init; }

    /// <summary>Values per embedding.</summary>
    public int EmbeddingDimension { get; init; }

    /// <summary>Pace of the embedding.</summary>
    public double DocumentsPerSecond { get; init; }

    /// <summary>Time of each stage, in the order they ran.</summary>
    public IReadOnlyList<StageTime> Stages { get; init; } = [];

    /// <summary>What a person should know: texts that were cut, settings that find few topics.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
