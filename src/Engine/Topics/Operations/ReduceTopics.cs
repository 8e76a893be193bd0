using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Merges similar topics to reach a number of topics; BERTopic's <c>reduce_topics</c>. If there are no more topics than that, only the
/// settings change.
/// </summary>
/// <param name="Reduction">Target; its number includes the outlier topic if there is one.</param>
public sealed record ReduceTopics(TopicReduction Reduction) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "reduce_topics";

    internal override void Validate() => Reduction.Validated();

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
