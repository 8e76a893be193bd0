using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>How questions about topics are answered for which a server computes.</summary>
internal sealed class QueryScript
{
    private volatile Func<ModelSelector, ChartKind, ChartOptions, string>? _chart;
    private volatile Func<ModelSelector, TopicHierarchy>? _hierarchy;
    private volatile Func<ModelSelector, TopicsOverTimeOptions, TopicsOverTime>? _overTime;
    private volatile Func<ModelSelector, string, TopicsPerClassOptions, TopicsPerClass>? _perClass;

    public Func<ModelSelector, ChartKind, ChartOptions, string> Chart
    {
        get => _chart ?? throw StatusToWire.NotScripted("RenderChart", "script it with FakeTopicGrpc.OnChart");
        set => _chart = value;
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
