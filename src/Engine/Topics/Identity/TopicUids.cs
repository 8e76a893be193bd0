namespace TopicGrpc.Engine.Topics.Identity;

/// <summary>Sees to it that every topic of a model has a uid of its own, and the outliers none.</summary>
internal static class TopicUids
{
    /// <summary>Gives uids to the topics that have none; the others keep theirs.</summary>
    /// <exception cref="ArgumentException">A uid is given twice or malformed.</exception>
    public static TopicModelState Complete(TopicModelState state)
    {
        HashSet<string> taken = [];
        bool complete = true;
        foreach (Topic topic in state.Topics)
        {
            bool none = topic.Uid.Length == 0;
            if (!none && (topic.Id < 0 || !TopicUid.IsValid(topic.Uid) || !taken.Add(topic.Uid)))
            {
                throw new ArgumentException($"The parts of the model do not fit each other: topic {topic.Id} cannot have the uid \"{topic.Uid}\".");
            }

            complete &= !none || topic.Id < 0;
        }

        return complete ? state : state with { Topics = Found(state, taken) };
    }

    private static Topic[] Found(TopicModelState state, HashSet<string> taken)
    {
        ILookup<int, string> documents = Enumerable.Range(0, state.Labels.Length).ToLookup(row => state.Labels[row], row => state.DocumentIds[row]);
        return [.. state.Topics.Select(topic => topic.Id < 0 || topic.Uid.Length > 0 ? topic : topic with { Uid = Free(topic, documents[topic.Id], taken) })];
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
