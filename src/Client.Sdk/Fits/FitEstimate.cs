namespace TopicGrpc.Client.Fits;

/// <summary>Expected cost of a fit before it runs. Times adapt to the fits that the server has finished.</summary>
public sealed record FitEstimate
{
    /// <summary>Number of documents.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Stages in order. The embedding stage takes less if texts of the corpus are cached.</summary>
    public IReadOnlyList<StageEstimate> Stages { get; init; } = [];

    /// <summary>Time of all stages.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// Largest private memory of all stages in bytes, in addition to that of the server without a fit. Embeddings are in mapped files and
    /// do not count.
    /// </summary>
    public long MemoryBytes { get; init; }

    /// <summary>Most private memory of a fit in bytes, option <c>Fits:MaxMemory</c> of the server.</summary>
    public long MemoryLimitBytes { get; init; }

    /// <summary>
    /// Number of finished fits that the times adapt to. 0: the times are those of the machine of the published measurements.
    /// </summary>
    public int MeasuredFitCount { get; init; }

    /// <summary>Whether the server would start the fit: its memory is within the limit.</summary>
    public bool IsAllowed => MemoryBytes <= MemoryLimitBytes;
}

/// <summary>Expected cost of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Duration">Time it takes.</param>
/// <param name="MemoryBytes">Largest private memory during the stage in bytes, texts included.</param>
public sealed record StageEstimate(FitStage Stage, TimeSpan Duration, long MemoryBytes);
