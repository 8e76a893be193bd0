namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Sets custom labels of topics; BERTopic's <c>set_topic_labels</c> with a map. Other topics keep their label.</summary>
/// <param name="Labels">Label by topic id; an empty label removes it.</param>
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
