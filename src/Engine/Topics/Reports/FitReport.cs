using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words.Languages;

namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Report of a fit or of an operation on a model.</summary>
public sealed record FitReport
{
    /// <summary>Number of documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Number of topics without the outlier topic.</summary>
    public required int Topics { get; init; }

    /// <summary>Number of outliers.</summary>
    public required int Outliers { get; init; }

    /// <summary>Number of documents of the largest topic; 0 without topics.</summary>
    public required int LargestTopic { get; init; }

    /// <summary>
    /// Time of each stage, in order of execution. The caller of the trainer adds the stages before (embedding) and after (publishing) it.
    /// </summary>
    public required IReadOnlyList<StageTime> Stages { get; init; }

    /// <summary>Warnings; empty if there are none.</summary>
    public required IReadOnlyList<FitWarning> Warnings { get; init; }

    /// <summary>Settings as used.</summary>
    public required TopicModelOptions Settings { get; init; }

    /// <summary>Settings that the fit chose itself, with reasons; empty if it chose none.</summary>
    public IReadOnlyList<SettingChoice> Choices { get; init; } = [];

    /// <summary>Sizes of the smallest cluster that an automatic fit tried, ascending; empty if the fit chose none.</summary>
    public IReadOnlyList<ResolutionPoint> Resolution { get; init; } = [];

    /// <summary>
    /// The largest groups of near-duplicates, at most 50, largest first; empty unless the fit merged duplicates by cosine distance.
    /// </summary>
    public IReadOnlyList<DuplicateGroup> Duplicates { get; init; } = [];

    /// <summary>Languages of the documents, the most frequent first; empty if none was recognized.</summary>
    public IReadOnlyList<LanguageShare> Languages { get; init; } = [];

    /// <summary>The sample of the fit; null if it used all documents, and in derived models.</summary>
    public SampleReport? Sample { get; init; }

    /// <summary>Seed of all random numbers.</summary>
    public required long Seed { get; init; }

    /// <summary>Origin of a derived model; null for a fitted model.</summary>
    public ModelDerivation? Derivation { get; init; }

    /// <summary>Quality figures for comparing models; null if the model was not measured, for example after an import.</summary>
    public ModelQuality? Quality { get; init; }

    /// <summary>Seconds of all stages together.</summary>
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

    /// <summary>Documents per second over all stages; 0 if no time was measured.</summary>
    public double DocumentsPerSecond => TotalSeconds > 0 ? Documents / TotalSeconds : 0;
}
