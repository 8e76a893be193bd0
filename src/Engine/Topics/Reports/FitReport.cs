using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>What a fit, or an operation on a model, did.</summary>
public sealed record FitReport
{
    /// <summary>Documents fitted.</summary>
    public required int Documents { get; init; }

    /// <summary>Topics found, the outlier topic not counted.</summary>
    public required int Topics { get; init; }

    /// <summary>Documents in no topic.</summary>
    public required int Outliers { get; init; }

    /// <summary>Documents of the largest topic; 0 without topics.</summary>
    public required int LargestTopic { get; init; }

    /// <summary>Time by stage, in the order worked. The stages before the trainer (embedding) and after it (publishing) are added by who runs them.</summary>
    public required IReadOnlyList<StageTime> Stages { get; init; }

    /// <summary>Things to know; empty when all is well.</summary>
    public required IReadOnlyList<FitWarning> Warnings { get; init; }

    /// <summary>Settings as used.</summary>
    public required TopicModelOptions Settings { get; init; }

    /// <summary>Settings that the fit chose itself, and why; empty where it chose none.</summary>
    public IReadOnlyList<SettingChoice> Choices { get; init; } = [];

    /// <summary>Seed of every random choice.</summary>
    public required long Seed { get; init; }

    /// <summary>What it was derived from and how; null for a model that was fitted.</summary>
    public ModelDerivation? Derivation { get; init; }

    /// <summary>Figures by which models are compared; null in a model that was not measured, such as one read from elsewhere.</summary>
    public ModelQuality? Quality { get; init; }

    /// <summary>Seconds of all stages.</summary>
    public double TotalSeconds
    {
        get
        {
            double total = 0;
            foreach (StageTime stage in Stages)
            {
                total += stage.Seconds;
            }

            return total;
        }
    }

    /// <summary>Documents per second over all stages; 0 when no time was measured.</summary>
    public double DocumentsPerSecond => TotalSeconds > 0 ? Documents / TotalSeconds : 0;
}
