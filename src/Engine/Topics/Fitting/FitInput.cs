using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Input of a fit.</summary>
/// <param name="Documents">
/// Documents with distinct ids, in any order; more than <c>n_neighbors</c>, at least two more than <c>n_components</c> and at least
/// <c>min_cluster_size</c>.
/// </param>
/// <param name="Embeddings">
/// Embedding of each document, row by row in the order of <paramref name="Documents"/>; all values finite. If the documents are sorted by
/// id (ordinal), the model holds the matrix without copying it, so it must not change.
/// </param>
/// <param name="Embedder">Encoder of the embeddings.</param>
public sealed record FitInput(IReadOnlyList<Document> Documents, Matrix Embeddings, EmbedderInfo Embedder)
{
    /// <summary>
    /// ISO 639-1 codes of the languages that the encoder covers. Empty, the default: unknown, so the fit does not warn.
    /// </summary>
    public IReadOnlyCollection<string> EncoderLanguages { get; init; } = [];

    /// <summary>What is known of the documents before the fit. Default: nothing.</summary>
    public TopicGuidance Guidance { get; init; } = TopicGuidance.None;

    /// <summary>
    /// Space for vectors that the fit derives from the embeddings. The model may hold them, so the space must outlive it. Default: the
    /// garbage-collected heap.
    /// </summary>
    public ScratchSpace Scratch { get; init; } = ScratchSpace.Heap;

    /// <summary>
    /// Results of the stages of an earlier run of this fit, and the place for those of this run. They change the time of the fit and not
    /// the model. Default null: all stages run, and their results end with the process.
    /// </summary>
    public IStageCheckpoints? Checkpoints { get; init; }
}
