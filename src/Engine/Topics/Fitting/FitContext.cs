using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
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
    CancellationToken CancellationToken);
