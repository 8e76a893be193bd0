namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>A topic goes on under the uid of the largest topic that came into it; of equal ones, of the lowest number. The uids of the others end there.</summary>
internal static class InheritedUids
{
    /// <summary>Carries the uids over.</summary>
    /// <param name="before">Topics before.</param>
    /// <param name="next">New topic of each old topic from 0.</param>
    /// <param name="after">Topics now.</param>
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
