namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Inheritance of uids: a topic inherits the uid of the largest topic merged into it, among equal ones that of the lowest number. The other
/// uids end.
/// </summary>
internal static class InheritedUids
{
    /// <summary>Returns the topics with inherited uids.</summary>
    /// <param name="before">Topics before the operation.</param>
    /// <param name="next">New topic of each old topic from 0; −1 for outliers.</param>
    /// <param name="after">Topics after the operation.</param>
    public static IReadOnlyList<Topic> Carry(IReadOnlyList<Topic> before, int[] next, IReadOnlyList<Topic> after)
    {
        var heirs = new Topic?[after.Count];
        int offset = after.Count > 0 && after[0].Id < 0 ? 1 : 0;
        foreach (Topic topic in before.Where(static topic => topic.Id >= 0))
        {
            int row = offset + next[topic.Id];
            if (next[topic.Id] >= 0 && (heirs[row] is not { } heir || topic.Count > heir.Count))
            {
                heirs[row] = topic;
            }
        }

        return [.. after.Select((topic, row) => heirs[row] is { } heir ? topic with { Uid = heir.Uid } : topic)];
    }
}
