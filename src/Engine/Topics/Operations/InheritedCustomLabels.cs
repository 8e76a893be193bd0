namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Inheritance of custom labels: a topic keeps its label if it came from exactly one topic.</summary>
internal static class InheritedCustomLabels
{
    /// <summary>Returns the topics with inherited labels.</summary>
    /// <param name="before">Topics before the operation.</param>
    /// <param name="next">New topic of each old topic from 0; −1 for outliers.</param>
    /// <param name="after">Topics after the operation.</param>
    public static IReadOnlyList<Topic> Carry(IReadOnlyList<Topic> before, int[] next, IReadOnlyList<Topic> after)
    {
        int[] sources = new int[after.Count];
        string?[] labels = new string?[after.Count];
        int offset = after.Count > 0 && after[0].Id < 0 ? 1 : 0;
        foreach (Topic topic in before)
        {
            int row = offset + (topic.Id < 0 ? -1 : next[topic.Id]);
            if (row >= 0)
            {
                sources[row]++;
                labels[row] = topic.CustomLabel;
            }
        }

        return
        [
            .. after.Select((topic, row) => sources[row] == 1 && labels[row] is { } label ? topic with { CustomLabel = label } : topic),
        ];
    }
}
