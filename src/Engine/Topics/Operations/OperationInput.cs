using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Representations;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>What an operation works on.</summary>
/// <param name="Model">Model to start from.</param>
/// <param name="Table">Its documents; null where the operation needs none.</param>
/// <param name="Embedder">Encoder of the model; null: words are chosen by weight alone.</param>
/// <param name="Warnings">Receives warnings.</param>
/// <param name="Compute">Threads.</param>
/// <param name="CancellationToken">Stops.</param>
internal sealed record OperationInput(
    TopicModel Model, DocumentTable? Table, IEmbedder? Embedder, List<FitWarning> Warnings, ComputeOptions Compute, CancellationToken CancellationToken)
{
    public DocumentTable Documents => Table ?? throw new InvalidOperationException("The operation was given no documents.");

    /// <summary>The model's topics as a plan that merges can go on from.</summary>
    public TopicPlan Plan => new(new TopicAssignments(Model.Assignments), Model.Mapper, Model.State.TopicCentroids, []);

    /// <summary>The state after topics were merged: words found anew, probabilities added up, labels of untouched topics kept.</summary>
    public TopicModelState Merged(TopicPlan plan, TopicModelOptions options)
    {
        TopicModelState state = Model.State;
        TopicModelState merged = state with
        {
            Options = options,
            Mapper = plan.Mapper,
            TopicCentroids = plan.Centroids,
            Probabilities = state.Probabilities is { } old ? TopicProbabilities.Map(old.Values, plan.FromBefore, plan.Assignments.TopicCount) : null,
        };
        return Described(merged, plan.Assignments, topics => InheritedNames.Carry(Model.Topics, plan.FromBefore, topics));
    }

    /// <summary>A state with what follows from the topic of each document: words, names, representative documents.</summary>
    /// <param name="state">All other parts, the settings among them.</param>
    /// <param name="assignments">Topic of each document.</param>
    /// <param name="named">Gives the topics the labels and uids that live on.</param>
    public TopicModelState Described(TopicModelState state, TopicAssignments assignments, Func<IReadOnlyList<Topic>, IReadOnlyList<Topic>> named)
    {
        TopicContent content = new TopicExtraction(Documents, state.Options.Words, Compute, CancellationToken)
            .ExtractOrRelax(assignments, state.Options, Warnings, CancellationToken);
        return Represented(state with
        {
            Assignments = assignments.Topics,
            Topics = named(content.Topics),
            Aspects = null,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
        });
    }

    /// <summary>What representations need.</summary>
    public RepresentationInput Representation(TopicModel model, IEmbedder embedder) =>
        new(model, Table, new TextVectors(embedder, Compute, CancellationToken), Compute, CancellationToken);

    /// <summary>
    /// Chooses the words of new topics as those of before were chosen. Without the encoder, or where nobody knows how an aspect was made
    /// (a model read from BERTopic's folder), the report says that they are left out, rather than served for other topics.
    /// </summary>
    private TopicModelState Represented(TopicModelState state)
    {
        TopicRepresentations wanted = Embedder is null ? TopicRepresentations.None : state.Options.Representations;
        string[] lost = [.. (Model.Aspects?.Keys ?? []).Except(wanted.Aspects.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (lost.Length > 0)
        {
            Warnings.Add(new FitWarning(
                FitWarning.AspectsDropped,
                $"The topics changed; their words under {string.Join(", ", lost)} were left out. Choose the representations again."));
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
