namespace TopicGrpc.Engine.Topics;

/// <summary>Uids of all topics of a model.</summary>
internal static class TopicUids
{
    /// <summary>Returns the topics with a uid for each topic that has none; given uids and the outlier topic stay unchanged.</summary>
    /// <param name="state">State whose parts fit each other.</param>
    public static IReadOnlyList<Topic> Complete(TopicModelState state)
    {
        if (!state.Topics.Any(static topic => topic.Id >= 0 && topic.Uid.Length == 0))
        {
            return state.Topics;
        }

        HashSet<string> taken = [.. state.Topics.Select(static topic => topic.Uid)];
        ILookup<int, int> rows = Enumerable.Range(0, state.Assignments.Length).ToLookup(row => state.Assignments[row]);
        return
        [
            .. state.Topics
                .Select(
                    topic => topic.Id < 0 || topic.Uid.Length > 0
                        ? topic
                        : topic with { Uid = Free(topic, rows[topic.Id].Select(row => state.DocumentIds[row]), taken) }),
        ];
    }

    /// <summary>
    /// Returns the first topic without a valid uid of its own; null if every topic has one and the outlier topic has none.
    /// </summary>
    public static Topic? FindInvalid(IReadOnlyList<Topic> topics)
    {
        HashSet<string> taken = [];
        return topics.FirstOrDefault(topic => topic.Id < 0 ? topic.Uid.Length > 0 : !TopicUid.IsValid(topic.Uid) || !taken.Add(topic.Uid));
    }

    private static string Free(Topic topic, IEnumerable<string> documents, HashSet<string> taken)
    {
        for (int attempt = 0; ; attempt++)
        {
            string uid = TopicUid.Create(topic.Words, documents, attempt);
            if (taken.Add(uid))
            {
                return uid;
            }
        }
    }
}
