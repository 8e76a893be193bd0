namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Turns topics into outliers and numbers the others by size; BERTopic's <c>delete_topics</c>, by its intent: there, rows
/// of the wrong topics are removed. Words are found anew, because the outliers have changed.
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
            throw new ArgumentException("No topic to delete is given.");
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
