namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Merges each group of topics into one topic and numbers the topics by size; BERTopic's <c>merge_topics</c>.</summary>
/// <param name="Groups">
/// Two or more ids per group; no id is in two groups. A group that starts with −1 becomes outliers; a group with −1 in another position
/// receives the outliers.
/// </param>
public sealed record MergeTopics(IReadOnlyList<IReadOnlyList<int>> Groups) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "merge_topics";

    private protected override TopicModelState Apply(OperationInput input)
    {
        int topics = input.Model.Topics.Count - input.Model.OutlierOffset;
        int[] groups = [.. Enumerable.Range(0, topics)];
        int outlierGroup = -1;
        HashSet<int> seen = [];
        foreach (IReadOnlyList<int> group in Groups)
        {
            if (group.Count < 2)
            {
                throw new ArgumentException("A group of topics to merge needs two or more topics.");
            }

            foreach (int topic in group)
            {
                TopicIds.Check(input.Model, topic);
                if (!seen.Add(topic))
                {
                    throw new ArgumentException($"Topic {topic} occurs twice in the groups to merge.");
                }

                if (topic < 0)
                {
                    outlierGroup = group[0];
                }
                else
                {
                    groups[topic] = group[0];
                }
            }
        }

        return seen.Count == 0
            ? throw new ArgumentException("No group of topics is given. Name at least one group to merge.")
            : input.Merged(input.Plan.Merge(groups, outlierGroup), input.Model.Options);
    }
}
