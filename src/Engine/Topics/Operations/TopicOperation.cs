using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>A change of the topics of a fitted model. Gives a new model; the one it starts from stays as it is.</summary>
public abstract record TopicOperation
{
    /// <summary>BERTopic's name of the operation.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the training documents are needed.</summary>
    public virtual bool NeedsDocuments => true;

    /// <summary>Whether documents, topics and words stay as they are, so that the quality figures of the model it starts from hold for the result.</summary>
    public virtual bool KeepsQuality => false;

    /// <summary>
    /// Encoder that the model was fitted with. Where words are found anew, the representations of the model's settings choose them with it;
    /// null: words are chosen by weight, aspects are left out and the report says so.
    /// </summary>
    public IEmbedder? Embedder { get; init; }

    /// <summary>Clock for the times in the report. Default: the system clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the new model.</summary>
    /// <param name="model">Model to start from.</param>
    /// <param name="documents">All documents that the model was fitted on, in any order; others are left aside. May be empty where <see cref="NeedsDocuments"/> is false.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The new model; its report holds the operation's own time and warnings.</returns>
    /// <exception cref="ArgumentException">A setting does not fit the model, or a document is missing.</exception>
    /// <exception cref="InvalidOperationException">The model lacks what the operation works on.</exception>
    public TopicModel Apply(TopicModel model, IReadOnlyList<Document> documents, ComputeOptions compute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(compute);
        StageClock clock = new(Time, progress: null);
        List<FitWarning> warnings = [];
        TopicModelState state = clock.Run(FitStage.Topics, _ =>
        {
            DocumentTable? table = NeedsDocuments ? DocumentTable.Select(documents, model.DocumentIds) : null;
            return Apply(new OperationInput(model, table, Embedder, warnings, compute, cancellationToken));
        });
        return new TopicModel((state with { Report = new TopicAssignments(state.Assignments).Report(clock.Stages, warnings, state.Options) }).WithUids());
    }

    private protected abstract TopicModelState Apply(OperationInput input);
}
