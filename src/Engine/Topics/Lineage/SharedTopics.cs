namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>How many documents of each topic of a model another model shares.</summary>
internal sealed class SharedTopics
{
    private readonly int[] _sizes;
    private readonly int[] _shared;
    private readonly int[] _inTopics;

    public SharedTopics(TopicModel model)
    {
        _sizes = [.. model.Topics.Skip(model.OutlierOffset).Select(static topic => topic.Count)];
        _shared = new int[_sizes.Length];
        _inTopics = new int[_sizes.Length];
    }

    /// <summary>Topics, outliers left out.</summary>
    public int TopicCount => _sizes.Length;

    /// <summary>Documents of a topic.</summary>
    public int Size(int topic) => _sizes[topic];

    /// <summary>Those among them that the other model has too.</summary>
    public int Shared(int topic) => _shared[topic];

    /// <summary>Those among the shared ones that are in a topic there, not outliers.</summary>
    public int InTopics(int topic) => _inTopics[topic];

    public void Count(int topic, int other)
    {
        if (topic >= 0)
        {
            _shared[topic]++;
            _inTopics[topic] += other >= 0 ? 1 : 0;
        }
    }
}
