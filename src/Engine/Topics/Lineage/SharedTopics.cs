namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>Number of documents of each topic that another model shares.</summary>
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

    /// <summary>Number of topics without the outlier topic.</summary>
    public int TopicCount => _sizes.Length;

    /// <summary>Returns the number of documents of a topic.</summary>
    public int Size(int topic) => _sizes[topic];

    /// <summary>Returns how many of them the other model has.</summary>
    public int Shared(int topic) => _shared[topic];

    /// <summary>Returns how many of the shared documents are in a topic of the other model, not outliers.</summary>
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
