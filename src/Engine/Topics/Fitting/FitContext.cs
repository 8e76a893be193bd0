using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Parameters that all stages of one fit share.</summary>
/// <param name="Input">Documents and embeddings in canonical order.</param>
/// <param name="Embedder">Encoder of the embeddings.</param>
/// <param name="Options">Settings; a stage that changes them passes a copy on.</param>
/// <param name="Clock">Measures the stages and reports their progress.</param>
/// <param name="Compute">Number of threads.</param>
/// <param name="CancellationToken">Cancels the fit.</param>
internal sealed record FitContext(
    CanonicalInput Input,
    EmbedderInfo Embedder,
    TopicModelOptions Options,
    StageClock Clock,
    ComputeOptions Compute,
    CancellationToken CancellationToken)
{
    /// <summary>Distances of the documents from each other; null before their neighbors are known.</summary>
    public NoveltyReference? Novelty { get; init; }

    /// <summary>Documents with the same text; null if they are not merged or no text repeats.</summary>
    public RepeatedTexts? Repeats { get; init; }

    /// <summary>Search graph of all documents; null for exact queries.</summary>
    public SearchGraph? Graph { get; init; }

    /// <summary>Groups of near-duplicates for the report.</summary>
    public IReadOnlyList<DuplicateGroup> Duplicates { get; init; } = [];

    /// <summary>Stages whose results outlive the process.</summary>
    public CheckpointedStages Stages { get; init; } = new(storage: null, Clock, CancellationToken);

    /// <summary>Returns the state with everything by which the model recognizes texts.</summary>
    public TopicModelState Recognizing(TopicModelState state) =>
        state with { Texts = TrainingTexts.Of(Input.Documents.Texts), Novelty = Novelty };
}
