using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Scripts of maps.</summary>
internal sealed class MapScript
{
    private volatile Func<ModelSelector, TopicMap>? _map;
    private volatile Func<ModelSelector, MapColumns>? _columns;
    private volatile Func<ModelSelector, string, MapClasses>? _classes;
    private volatile Func<ModelSelector, MapTimes>? _times;
    private volatile Func<ModelSelector, IReadOnlyList<int>, IEnumerable<MapDocument>>? _documents;
    private volatile Func<ModelSelector, string, MapMatches>? _search;
    private volatile Func<ModelSelector, string, MapPosition>? _location;
    private volatile Func<ModelSelector, ReadOnlyMemory<float>, MapPosition>? _embeddingLocation;

    public Func<ModelSelector, TopicMap> Map
    {
        get => _map ?? throw StatusToWire.NotScripted("GetMap", "script it with FakeTopicGrpc.OnMap");
        set => _map = value;
    }

    public Func<ModelSelector, MapColumns> Columns
    {
        get => _columns ?? throw StatusToWire.NotScripted("ListMapColumns", "script it with FakeTopicGrpc.OnMapColumns");
        set => _columns = value;
    }

    public Func<ModelSelector, string, MapClasses> Classes
    {
        get => _classes ?? throw StatusToWire.NotScripted("GetMapColumn of an attribute", "script it with FakeTopicGrpc.OnMapClasses");
        set => _classes = value;
    }

    public Func<ModelSelector, MapTimes> Times
    {
        get => _times ?? throw StatusToWire.NotScripted("GetMapColumn of the time", "script it with FakeTopicGrpc.OnMapTimes");
        set => _times = value;
    }

    public Func<ModelSelector, IReadOnlyList<int>, IEnumerable<MapDocument>> Documents
    {
        get => _documents ?? throw StatusToWire.NotScripted("BatchGetMapDocuments", "script it with FakeTopicGrpc.OnMapDocuments");
        set => _documents = value;
    }

    public Func<ModelSelector, string, MapMatches> Search
    {
        get => _search ?? throw StatusToWire.NotScripted("SearchMapDocuments", "script it with FakeTopicGrpc.OnMapSearch");
        set => _search = value;
    }

    public Func<ModelSelector, string, MapPosition> Location
    {
        get => _location ?? throw StatusToWire.NotScripted("LocateText", "script it with FakeTopicGrpc.OnLocate");
        set => _location = value;
    }

    public Func<ModelSelector, ReadOnlyMemory<float>, MapPosition> EmbeddingLocation
    {
        get => _embeddingLocation
            ?? throw StatusToWire.NotScripted("LocateText of an embedding", "script it with FakeTopicGrpc.OnLocateEmbedding");
        set => _embeddingLocation = value;
    }
}
