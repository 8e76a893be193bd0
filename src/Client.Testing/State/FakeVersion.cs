using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.State;

/// <summary>One version of a model of the fake; its number and time are given when it is added.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Topics">Topics by id.</param>
internal sealed record FakeVersion(string Model, IReadOnlyList<TopicInfo> Topics)
{
    /// <summary>Name of the outliers' topic where none was scripted.</summary>
    public const string OutlierName = "-1_outliers";

    private readonly IReadOnlyList<DocumentTopic>? _documents;

    /// <summary>Number, from 1.</summary>
    public long Version { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Fit that made it; empty for one that a test added or a call imported.</summary>
    public string Fit { get; init; } = "";

    /// <summary>What that fit did.</summary>
    public Wire.FitReport? Report { get; init; }

    /// <summary>Resource name of the version that it was derived from; empty for none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>What was done to the parent.</summary>
    public Wire.VersionOperation? Operation { get; init; }

    /// <summary>Where it was imported from.</summary>
    public Wire.ModelSource? Source { get; init; }

    /// <summary>Files that an export gives; null where there are none.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Files { get; init; }

    /// <summary>Training documents: those given, else the representative ones of the topics.</summary>
    public IReadOnlyList<DocumentTopic> Documents
    {
        get => _documents ??
        [
            .. Topics.SelectMany(static topic => topic.RepresentativeDocuments.Select(
                document => new DocumentTopic(document.Id, topic.Id, topic.Id < 0 ? 0 : 1, IsRepresentative: true))),
        ];
        init => _documents = value;
    }

    public string ResourceName => WireNames.Version(Model, Version);

    public ModelSelector Selector => new(Model) { Version = Version };

    public int TopicCount => Topics.Count(static topic => topic.Id >= 0);

    public long DocumentCount => Topics.Sum(static topic => topic.Count);

    public long OutlierCount => Topics.Where(static topic => topic.Id < 0).Sum(static topic => topic.Count);

    public double OutlierShare => DocumentCount == 0 ? 0 : (double)OutlierCount / DocumentCount;

    /// <summary>Whether a document may be in a topic: one of the version, or none (−1).</summary>
    public bool Holds(int topicId) => topicId == -1 || Topics.Any(topic => topic.Id == topicId);
}
