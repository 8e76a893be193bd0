namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Makes one topic of each group and numbers the topics by size; BERTopic's <c>merge_topics</c>.</summary>
/// <param name="Groups">Two ids or more a group, no id in two groups. A group that starts with −1 joins the outliers; one that holds −1 further on takes the outliers in.</param>
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
                throw new ArgumentException("A group to merge needs two topics or more.");
            }

            foreach (int topic in group)
            {
                TopicIds.Check(input.Model, topic);
                if (!seen.Add(topic))
                {
                    throw new ArgumentException($"Topic {topic} is named twice in the groups to merge.");
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
            ? throw new ArgumentException("No group of topics to merge is given.")
            : input.Merged(input.Plan.Merge(groups, outlierGroup), input.Model.Options);
    }
}
