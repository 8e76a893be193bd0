using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Scripts of the queries that a server computes.</summary>
internal sealed class QueryScript
{
    private volatile Func<ModelSelector, string, IEnumerable<TopicHit>>? _search;
    private volatile Func<ModelSelector, ModelSelector, VersionComparison>? _comparison;
    private volatile Func<ModelSelector, ChartKind, ChartOptions, string>? _chart;
    private volatile Func<ModelSelector, TopicHierarchy>? _hierarchy;
    private volatile Func<ModelSelector, TopicLayers>? _layers;
    private volatile Func<ModelSelector, string, LayerTopics>? _layerTopics;
    private volatile Func<ModelSelector, TopicsOverTimeOptions, TopicsOverTime>? _overTime;
    private volatile Func<ModelSelector, string, TopicsPerClassOptions, TopicsPerClass>? _perClass;

    public Func<ModelSelector, string, IEnumerable<TopicHit>> Search
    {
        get => _search ?? throw StatusToWire.NotScripted("SearchTopics", "script it with FakeTopicGrpc.OnSearch");
        set => _search = value;
    }

    public Func<ModelSelector, ModelSelector, VersionComparison> Comparison
    {
        get => _comparison ?? throw StatusToWire.NotScripted("CompareModelVersions", "script it with FakeTopicGrpc.OnCompare");
        set => _comparison = value;
    }

    public Func<ModelSelector, ChartKind, ChartOptions, string> Chart
    {
        get => _chart ?? throw StatusToWire.NotScripted("RenderChart", "script it with FakeTopicGrpc.OnChart");
        set => _chart = value;
    }

    public Func<ModelSelector, TopicLayers> Layers
    {
        get => _layers ?? throw StatusToWire.NotScripted("ListTopicLayers", "script it with FakeTopicGrpc.OnLayers");
        set => _layers = value;
    }

    public Func<ModelSelector, string, LayerTopics> LayerTopics
    {
        get => _layerTopics ?? throw StatusToWire.NotScripted("ListLayerTopics", "script it with FakeTopicGrpc.OnLayerTopics");
        set => _layerTopics = value;
    }

    public Func<ModelSelector, TopicHierarchy> Hierarchy
    {
        get => _hierarchy ?? throw StatusToWire.NotScripted("GetTopicHierarchy", "script it with FakeTopicGrpc.OnHierarchy");
        set => _hierarchy = value;
    }

    public Func<ModelSelector, TopicsOverTimeOptions, TopicsOverTime> OverTime
    {
        get => _overTime ?? throw StatusToWire.NotScripted("ListTopicsOverTime", "script it with FakeTopicGrpc.OnTopicsOverTime");
        set => _overTime = value;
    }

    public Func<ModelSelector, string, TopicsPerClassOptions, TopicsPerClass> PerClass
    {
        get => _perClass ?? throw StatusToWire.NotScripted("ListTopicsPerClass", "script it with FakeTopicGrpc.OnTopicsPerClass");
        set => _perClass = value;
    }
}
