using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Estimation;

/// <summary>Expected cost of a fit.</summary>
/// <param name="Stages">Cost of each stage, in order.</param>
public sealed record FitEstimate(IReadOnlyList<StageEstimate> Stages)
{
    /// <summary>
    /// Largest private memory of all stages in bytes, beyond that of the process without a fit. Embeddings are not part of it: they are in
    /// mapped files.
    /// </summary>
    public long PeakBytes => Stages.Count == 0 ? 0 : Stages.Max(static stage => stage.PeakBytes);

    /// <summary>Time of all stages, in seconds.</summary>
    public double Seconds => Stages.Sum(static stage => stage.Seconds);

    /// <summary>Returns the cost on a machine of another speed.</summary>
    /// <param name="factorOf">Factor of the time of a stage.</param>
    public FitEstimate Scaled(Func<FitStage, double> factorOf)
    {
        ArgumentNullException.ThrowIfNull(factorOf);
        return new FitEstimate([.. Stages.Select(stage => stage with { Seconds = stage.Seconds * factorOf(stage.Stage) })]);
    }
}

/// <summary>Expected cost of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Seconds">Time in seconds.</param>
/// <param name="PeakBytes">Largest private memory during the stage in bytes, texts included.</param>
public sealed record StageEstimate(FitStage Stage, double Seconds, long PeakBytes);
