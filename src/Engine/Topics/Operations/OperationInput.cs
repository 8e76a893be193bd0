using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Layering;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Representations;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Input of an operation.</summary>
/// <param name="Model">Model to start from.</param>
/// <param name="Table">Documents of the model; null if the operation needs none.</param>
/// <param name="Embedder">Encoder of the model; null to choose words by weight only.</param>
/// <param name="Warnings">Receives warnings.</param>
/// <param name="Compute">Number of threads; it does not change the result.</param>
/// <param name="CancellationToken">Cancels the work.</param>
internal sealed record OperationInput(
    TopicModel Model,
    DocumentTable? Table,
    IEmbedder? Embedder,
    List<FitWarning> Warnings,
    ComputeOptions Compute,
    CancellationToken CancellationToken)
{
    public DocumentTable Documents =>
        Table ?? throw new InvalidOperationException("The operation needs the training documents, but none are given.");

    /// <summary>Topics of the model as the start of a plan.</summary>
    public TopicPlan Plan => new(new TopicAssignments(Model.Assignments), Model.Mapper, Model.State.TopicCentroids, []);

    /// <summary>
    /// Returns the state after a merge: words computed again, probabilities summed, custom labels of unchanged topics kept.
    /// </summary>
    /// <param name="plan">The merge.</param>
    /// <param name="options">Settings.</param>
    /// <param name="renamed">Returns the topics with other uids; null to keep the inherited ones.</param>
    public TopicModelState Merged(
        TopicPlan plan, TopicModelOptions options, Func<IReadOnlyList<Topic>, IReadOnlyList<Topic>>? renamed = null)
    {
        TopicModelState state = Model.State;
        TopicModelState merged = state with
        {
            Options = options,
            Mapper = plan.Mapper,
            TopicCentroids = plan.Centroids,
            Probabilities = state.Probabilities is { } old ? TopicProbabilities.Map(
                old.Values, plan.FromBefore, plan.Assignments.TopicCount) : null,
        };
        return Described(merged, plan.Assignments, topics =>
        {
            IReadOnlyList<Topic> named = InheritedNames.Carry(Model.Topics, plan.FromBefore, topics);
            return renamed is null ? named : renamed(named);
        });
    }

    /// <summary>Returns the state with the words, names and representative documents of new assignments.</summary>
    /// <param name="state">All other parts, including the settings.</param>
    /// <param name="assignments">Topic of each document.</param>
    /// <param name="named">Returns the topics with inherited labels and uids.</param>
    public TopicModelState Described(
        TopicModelState state, TopicAssignments assignments, Func<IReadOnlyList<Topic>, IReadOnlyList<Topic>> named)
    {
        TopicExtraction extraction = new(Documents, state.Options.Words, Compute, CancellationToken);
        TopicContent content = extraction.ExtractOrRelax(assignments, state.Options, Warnings, CancellationToken);
        TopicModelState described = state with
        {
            Assignments = assignments.Topics,
            Topics = named(content.Topics),
            Aspects = null,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
        };
        return Represented(LayerStage.Apply(described, extraction, CancellationToken));
    }

    /// <summary>Returns the input of representations.</summary>
    public RepresentationInput Representation(TopicModel model, IEmbedder embedder) =>
        new(model, Table, new TextVectors(embedder, Compute, CancellationToken), Compute, CancellationToken);

    /// <summary>
    /// Chooses the words of new topics by the representations of the model. If the encoder is missing, or if an imported model does not say
    /// how an aspect was made, the aspect is dropped with a warning, because its words describe other topics.
    /// </summary>
    private TopicModelState Represented(TopicModelState state)
    {
        TopicRepresentations wanted = Embedder is null ? TopicRepresentations.None : state.Options.Representations;
        string[] lost = [.. (Model.Aspects?.Keys ?? []).Except(wanted.Aspects.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (lost.Length > 0)
        {
            Warnings.Add(new FitWarning(
                FitWarning.AspectsDropped,
                "The topics changed, so the words of the aspects "
                + $"{string.Join(", ", lost)} were dropped. Choose these representations again."));
        }

        TopicModelState plain = state with { Options = state.Options with { Representations = wanted } };
        if (!wanted.Any)
        {
            return plain;
        }

        TopicModel model = new(plain.WithUids());
        return WordChoice.Apply(Representation(model, WordChoice.Check(model, Embedder)), wanted.Main, wanted.Aspects);
    }
}
