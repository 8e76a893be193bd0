using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Testing;

/// <content>Scripts of maps. The model need not be in <see cref="Models"/>.</content>
public sealed partial class FakeTopicGrpc
{
    /// <summary>Answers requests for maps.</summary>
    /// <param name="map">Returns the map of a model.</param>
    public void OnMap(Func<ModelSelector, TopicMap> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _maps.Map = map;
    }

    /// <summary>Answers lists of the columns of a map.</summary>
    /// <param name="columns">Returns the columns for a model.</param>
    public void OnMapColumns(Func<ModelSelector, MapColumns> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _maps.Columns = columns;
    }

    /// <summary>Answers requests for the values of an attribute.</summary>
    /// <param name="classes">Returns the values for a model and the name of an attribute.</param>
    public void OnMapClasses(Func<ModelSelector, string, MapClasses> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        _maps.Classes = classes;
    }

    /// <summary>Answers requests for the times of documents.</summary>
    /// <param name="times">Returns the times for a model.</param>
    public void OnMapTimes(Func<ModelSelector, MapTimes> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        _maps.Times = times;
    }

    /// <summary>Answers requests for documents of a map.</summary>
    /// <param name="documents">Returns the documents for a model and rows, in the order of the rows.</param>
    public void OnMapDocuments(Func<ModelSelector, IReadOnlyList<int>, IEnumerable<MapDocument>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        _maps.Documents = documents;
    }

    /// <summary>Answers searches for documents of a map.</summary>
    /// <param name="matches">Returns the rows for a model and a string.</param>
    public void OnMapSearch(Func<ModelSelector, string, MapMatches> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        _maps.Search = matches;
    }

    /// <summary>Answers requests for the position of a text.</summary>
    /// <param name="position">Returns the position for a model and a text.</param>
    public void OnLocate(Func<ModelSelector, string, MapPosition> position)
    {
        ArgumentNullException.ThrowIfNull(position);
        _maps.Location = position;
    }

    /// <summary>Answers requests for the position of an embedding.</summary>
    /// <param name="position">Returns the position for a model and an embedding.</param>
    public void OnLocateEmbedding(Func<ModelSelector, ReadOnlyMemory<float>, MapPosition> position)
    {
        ArgumentNullException.ThrowIfNull(position);
        _maps.EmbeddingLocation = position;
    }
}
