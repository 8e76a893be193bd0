using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>What an operation works on.</summary>
/// <param name="Model">Model to start from.</param>
/// <param name="Table">Its documents; null where the operation needs none.</param>
/// <param name="Warnings">Receives warnings.</param>
/// <param name="Compute">Threads.</param>
/// <param name="CancellationToken">Stops.</param>
internal sealed record OperationInput(
    TopicModel Model, DocumentTable? Table, List<FitWarning> Warnings, ComputeOptions Compute, CancellationToken CancellationToken)
{
    public DocumentTable Documents => Table ?? throw new InvalidOperationException("The operation was given no documents.");

    /// <summary>The model's topics as a plan that merges can go on from.</summary>
    public TopicPlan Plan => new(new TopicLabels(Model.Labels), Model.Mapper, Model.State.TopicCentroids, []);

    /// <summary>The state after topics were merged: words found anew, probabilities added up, labels of untouched topics kept.</summary>
    public TopicModelState Merged(TopicPlan plan, TopicModelOptions options)
    {
        TopicModelState state = Model.State;
        TopicContent content = Extract(plan.Labels, options);
        return state with
        {
            Options = options,
            Labels = plan.Labels.Labels,
            Mapper = plan.Mapper,
            TopicCentroids = plan.Centroids,
            Probabilities = state.Probabilities is { } old ? TopicProbabilities.Map(old.Values, plan.FromBefore, plan.Labels.TopicCount) : null,
            Topics = KeptLabels.Carry(Model.Topics, plan.FromBefore, content.Topics),
            Aspects = KeptAspects.Drop(state, Warnings),
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
        };
    }

    /// <summary>Words, names and representative documents for some labels.</summary>
    public TopicContent Extract(TopicLabels labels, TopicModelOptions options) =>
        new TopicExtraction(Documents, options.Words, Compute, CancellationToken).ExtractOrRelax(labels, options, Warnings, CancellationToken);
}
