namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>
/// Which topic of a newer model goes on with which of an older one. A topic leads to the one topic of the other side that
/// holds more than half of its documents; where each of two leads to the other they are the same topic, where only one
/// does it was joined to the other or taken from it. More than half leaves no ties and no choice of an order. Source for
/// the majority rule: Spiliopoulou, Ntoutsi, Theodoridis, Schult 2006, "MONIC: modeling and monitoring cluster
/// transitions" (τ = 0.5).
/// </summary>
/// <remarks>
/// Counted are the documents in both models, by id, that are in a topic in both; they must be a fifth of the shared
/// documents of the topic, outliers included, and a tenth of the smaller of the two topics. A topic of which less than a
/// tenth is shared is judged by its mean vector instead, against topics of the same kind: it leads to the nearest at
/// a cosine of at least 0.85, if no topic of the other model comes within 0.05 of that.
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

    /// <summary>Newer topic that each older topic leads to; −1 for none.</summary>
    public IReadOnlyList<int> Forward => _forward;

    /// <summary>Older topic that each newer topic leads back to; −1 for none.</summary>
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

    /// <summary>The older topic that a newer one is the same as; −1 for none.</summary>
    public int SameAs(int newer) => _backward[newer] is var older && older >= 0 && _forward[older] == newer ? older : -1;

    private static bool Leads(SharedTopics topics, int topic, int both) =>
        (long)both * 2 > topics.InTopics(topic) && (long)both * LeastOfShared >= topics.Shared(topic);

    private static bool[] Unseen(SharedTopics topics, HashSet<int> linked) =>
        [.. Enumerable.Range(0, topics.TopicCount).Select(topic => !linked.Contains(topic) && (long)topics.Shared(topic) * LeastOfTopic < topics.Size(topic))];
}
