namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Gives topics names; BERTopic's <c>set_topic_labels</c> with a map. Topics not named keep their label.</summary>
/// <param name="Labels">Label by topic id; an empty one takes the label away.</param>
public sealed record SetTopicLabels(IReadOnlyDictionary<int, string> Labels) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "set_topic_labels";

    /// <inheritdoc/>
    public override bool NeedsDocuments => false;

    /// <inheritdoc/>
    public override bool KeepsQuality => true;

    private protected override TopicModelState Apply(OperationInput input)
    {
        var topics = input.Model.Topics.ToArray();
        foreach ((int topic, string label) in Labels)
        {
            TopicIds.Check(input.Model, topic);
            int row = topic + input.Model.OutlierOffset;
            topics[row] = topics[row] with { CustomLabel = string.IsNullOrWhiteSpace(label) ? null : label };
        }

        return input.Model.State with { Topics = topics };
    }
}
