namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Names given by people live on where a topic did not change: it came from one topic alone.</summary>
internal static class InheritedCustomLabels
{
    /// <summary>Carries the labels over.</summary>
    /// <param name="before">Topics before.</param>
    /// <param name="next">New topic of each old topic from 0.</param>
    /// <param name="after">Topics now.</param>
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

        return [.. after.Select((topic, row) => sources[row] == 1 && labels[row] is { } label ? topic with { CustomLabel = label } : topic)];
    }
}
