using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Erasure;
using TopicGrpc.Engine.Topics.Layering;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>A change of the topics of a fitted model. It returns a new model; the original model does not change.</summary>
public abstract record TopicOperation
{
    /// <summary>BERTopic's name of the operation.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the training documents are needed.</summary>
    public virtual bool NeedsDocuments => true;

    /// <summary>Whether an operation that needs no documents does more with them.</summary>
    internal virtual bool UsesDocuments => false;

    /// <summary>Whether the outlier policy treats the outliers of the new model.</summary>
    internal virtual bool AppliesPolicy => true;

    /// <summary>
    /// Whether documents, topics and words do not change, so that the quality figures of the original model remain valid.
    /// </summary>
    public virtual bool KeepsQuality => false;

    /// <summary>
    /// Encoder of the model, with which its representations choose new words. Null: words are chosen by weight, and aspects are dropped
    /// with a warning.
    /// </summary>
    public IEmbedder? Embedder { get; init; }

    /// <summary>Clock for the times in the report. Default: the system clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Applies the operation.</summary>
    /// <param name="model">Model to start from.</param>
    /// <param name="documents">
    /// All training documents of the model, in any order; others are ignored. Can be empty if <see cref="NeedsDocuments"/> is false.
    /// </param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The new model. Its report has the time and the warnings of the operation.</returns>
    /// <exception cref="ArgumentException">A setting is outside its range or does not fit the model, or a document is missing.</exception>
    /// <exception cref="InvalidOperationException">The model lacks a part that the operation needs.</exception>
    public TopicModel Apply(
        TopicModel model, IReadOnlyList<Document> documents, ComputeOptions compute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(compute);
        Validate();
        StageClock clock = new(Time, progress: null);
        List<FitWarning> warnings = [];
        TopicModelState state = clock.Run(FitStage.Topics, _ =>
        {
            bool read = NeedsDocuments || (UsesDocuments && documents.Count > 0);
            DocumentTable? table = read ? DocumentTable.Select(documents, model.DocumentIds) : null;
            OperationInput input = new(model, table, Embedder, warnings, compute, cancellationToken);
            TopicModelState applied = AppliesPolicy ? PolicyOutliers.Assign(input, Apply(input)) : Apply(input);
            return DocumentErasure.WithoutRepresentatives(applied);
        });
        TopicModel result = new(
            (state with { Report = new TopicAssignments(state.Assignments).Report(clock.Stages, warnings, state.Options) }).WithUids());
        return ReferenceEquals(state.Layers, model.Layers) ? result : LayerLineage.Continue(result, model);
    }

    /// <summary>Checks the ranges of the settings, which do not depend on the model.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    internal virtual void Validate()
    {
    }

    private protected abstract TopicModelState Apply(OperationInput input);
}
