using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>Words, names, uids and parents of the topics of all layers.</summary>
internal sealed class LayerDescription(LayerInput input, LayerLevel[] levels)
{
    /// <summary>Words by level, including those of the model's own topics, which are not used.</summary>
    private readonly TopicWord[][][] _words = input.WordsOf([.. levels.Select(static level => new TopicAssignments(level.Topics))]);
    private readonly HashSet<string> _uids = [.. input.Topics.Select(static topic => topic.Uid)];

    public TopicLayer Layer(int index, string name, LayerLevel level, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TopicAssignments assignments = new(level.Topics);
        TopicWord[][] words = _words[index];
        string[] names = Names(words);
        IReadOnlyList<TopicParent> parents = Parents(index);
        ILookup<int, string> documents = Enumerable.Range(0, level.Topics.Length)
            .Where(row => level.Topics[row] >= 0)
            .ToLookup(row => level.Topics[row], row => input.DocumentIds[row]);
        var topics = new LayerTopic[level.Count];
        for (int topic = 0; topic < topics.Length; topic++)
        {
            topics[topic] = new LayerTopic(
                topic,
                assignments.Sizes[topic + assignments.OutlierOffset],
                names[topic],
                words[topic],
                Uid(words[topic], documents[topic]),
                parents[topic]);
        }

        return new TopicLayer(name, level.MinClusterSize, topics, level.Topics);
    }

    /// <summary>Returns the parent of each topic of a level: the topic of the nearest coarser level that holds all its documents.</summary>
    public IReadOnlyList<TopicParent> Parents(int index)
    {
        const int Unknown = -2;
        LayerLevel level = levels[index];
        var parents = new TopicParent[level.Count];
        Array.Fill(parents, TopicParent.None);
        for (int above = levels.Length - 1; above > index; above--)
        {
            int[] common = new int[level.Count];
            Array.Fill(common, Unknown);
            for (int row = 0; row < level.Topics.Length; row++)
            {
                int topic = level.Topics[row];
                if (topic >= 0)
                {
                    int other = levels[above].Topics[row];
                    common[topic] = common[topic] == Unknown || common[topic] == other ? other : -1;
                }
            }

            for (int topic = 0; topic < parents.Length; topic++)
            {
                parents[topic] = common[topic] >= 0 ? new TopicParent(above, common[topic]) : parents[topic];
            }
        }

        return parents;
    }

    /// <summary>Returns the names of the topics of one layer; distinct names differ within the layer.</summary>
    private string[] Names(TopicWord[][] words)
    {
        Topic[] topics = [.. words.Select(static (best, topic) => new Topic(topic, 0, TopicNames.Default(topic, best), best, []))];
        IReadOnlyList<Topic> named = input.Naming == TopicNaming.Distinct ? DistinctNames.Apply(topics, phrases: null) : topics;
        return [.. named.Select(static topic => topic.Name)];
    }

    private string Uid(TopicWord[] words, IEnumerable<string> documents)
    {
        for (int attempt = 0; ; attempt++)
        {
            string uid = TopicUid.Create(words, documents, attempt);
            if (_uids.Add(uid))
            {
                return uid;
            }
        }
    }
}
