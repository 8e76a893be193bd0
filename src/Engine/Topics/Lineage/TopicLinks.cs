namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>
/// Links between the topics of an older and a newer model. A topic links to the topic of the other model that holds more than half of
/// its documents. Two topics that link to each other are the same topic; a link in one direction means a merge or a split. "More than
/// half" excludes ties, so the order of the topics does not matter. Source of the majority rule: Spiliopoulou, Ntoutsi, Theodoridis,
/// Schult 2006, "MONIC: modeling and monitoring cluster transitions" (τ = 0.5).
/// </summary>
/// <remarks>
/// Only documents of both models, by id, that are in a topic of both count. They must be at least a fifth of the shared documents of the
/// topic, including outliers, and a tenth of the smaller of the two topics. A topic that shares less than a tenth of its documents is
/// linked by its centroid instead, among topics of the same kind: to the nearest topic with a cosine of at least 0.85, if no other topic
/// of the other model is within 0.05 of that cosine.
/// </remarks>
internal sealed class TopicLinks
{
    private const int LeastOfShared = 5;
    private const int LeastOfTopic = 10;
    private readonly int[] _forward;
    private readonly int[] _backward;

    private TopicLinks(int[] forward, int[] backward)
    {
        _forward = forward;
        _backward = backward;
    }

    /// <summary>Newer topic to which each older topic links; −1 for none.</summary>
    public IReadOnlyList<int> Forward => _forward;

    /// <summary>Older topic to which each newer topic links; −1 for none.</summary>
    public IReadOnlyList<int> Backward => _backward;

    public static TopicLinks Find(TopicModel older, TopicModel newer, SharedDocuments documents)
    {
        int[] forward = new int[documents.First.TopicCount];
        int[] backward = new int[documents.Second.TopicCount];
        Array.Fill(forward, -1);
        Array.Fill(backward, -1);
        HashSet<int> linkedOlder = [];
        HashSet<int> linkedNewer = [];
        foreach ((int first, int second) in documents.Pairs)
        {
            int both = documents[first, second];
            if ((long)both * LeastOfTopic < Math.Min(documents.First.Size(first), documents.Second.Size(second)))
            {
                continue;
            }

            forward[first] = Leads(documents.First, first, both) ? second : forward[first];
            backward[second] = Leads(documents.Second, second, both) ? first : backward[second];
            if (forward[first] == second || backward[second] == first)
            {
                linkedOlder.Add(first);
                linkedNewer.Add(second);
            }
        }

        if (older.Embedder.Sha256 == newer.Embedder.Sha256)
        {
            bool[] olderFree = Unseen(documents.First, linkedOlder);
            bool[] newerFree = Unseen(documents.Second, linkedNewer);
            NearestTopics.Fill(older, newer, olderFree, newerFree, forward);
            NearestTopics.Fill(newer, older, newerFree, olderFree, backward);
        }

        return new TopicLinks(forward, backward);
    }

    /// <summary>Returns the older topic that is the same as a newer one; −1 for none.</summary>
    public int SameAs(int newer) => _backward[newer] is var older && older >= 0 && _forward[older] == newer ? older : -1;

    private static bool Leads(SharedTopics topics, int topic, int both) =>
        (long)both * 2 > topics.InTopics(topic) && (long)both * LeastOfShared >= topics.Shared(topic);

    private static bool[] Unseen(SharedTopics topics, HashSet<int> linked) =>
        [
            .. Enumerable
                .Range(0, topics.TopicCount)
                .Select(topic => !linked.Contains(topic) && (long)topics.Shared(topic) * LeastOfTopic < topics.Size(topic)),
        ];
}
