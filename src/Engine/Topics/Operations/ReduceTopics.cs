using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Merges topics that are near each other until a number is left; BERTopic's <c>reduce_topics</c>. Where there are no more topics than that, nothing changes.</summary>
/// <param name="Reduction">How many topics; the outlier topic counts when there is one.</param>
public sealed record ReduceTopics(TopicReduction Reduction) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "reduce_topics";

    private protected override TopicModelState Apply(OperationInput input)
    {
        TopicModel model = input.Model;
        int topics = model.Topics.Count - model.OutlierOffset;
        TopicModelOptions options = model.Options with { Reduction = Reduction };
        return TopicReducer.Applies(Reduction, topics, model.OutlierOffset == 1)
            ? input.Merged(input.Plan.Reduce(Reduction, input.Compute, input.CancellationToken), options)
            : model.State with { Options = options };
    }
}
