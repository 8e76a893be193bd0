namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Turns topics into outliers and numbers the others by size; BERTopic's <c>delete_topics</c>. Difference: BERTopic removes the rows of
/// wrong topics. Words are computed again because the outliers changed.
/// </summary>
/// <param name="Ids">Topics to delete, from 0.</param>
public sealed record DeleteTopics(IReadOnlyCollection<int> Ids) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "delete_topics";

    private protected override TopicModelState Apply(OperationInput input)
    {
        if (Ids.Count == 0)
        {
            throw new ArgumentException("No topic is given. Name at least one topic to delete.");
        }

        int[] groups = [.. Enumerable.Range(0, input.Model.Topics.Count - input.Model.OutlierOffset)];
        foreach (int topic in Ids)
        {
            TopicIds.Check(input.Model, topic);
            if (topic < 0)
            {
                throw new ArgumentException("The outlier topic (−1) cannot be deleted.");
            }

            groups[topic] = -1;
        }

        return input.Merged(input.Plan.Merge(groups), input.Model.Options);
    }
}
