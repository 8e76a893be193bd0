using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.State;

/// <summary>One version of a model of the fake. <see cref="FakeModels"/> sets its number and time when it adds the version.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Topics">Topics by id.</param>
internal sealed record FakeVersion(string Model, IReadOnlyList<TopicInfo> Topics)
{
    /// <summary>Name of the outlier topic if none is scripted.</summary>
    public const string OutlierName = "-1_outliers";

    /// <summary>Caller of every call: the fake has no authentication.</summary>
    public const string Caller = "anonymous";

    private readonly IReadOnlyList<DocumentTopic>? _documents;

    /// <summary>Number, from 1.</summary>
    public long Version { get; init; }

    /// <summary>Creation time.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Fit that made the version; empty if a test added it or a call imported it.</summary>
    public string Fit { get; init; } = "";

    /// <summary>Report of that fit.</summary>
    public Wire.FitReport? Report { get; init; }

    /// <summary>Given embeddings of the corpus of that fit; null for none.</summary>
    public GivenEmbeddings? GivenEmbeddings { get; init; }

    /// <summary>Resource name of the parent version; empty if the version is not derived.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Operation that was applied to the parent.</summary>
    public Wire.VersionOperation? Operation { get; init; }

    /// <summary>Source of an imported version.</summary>
    public Wire.ModelSource? Source { get; init; }

    /// <summary>Files that an export returns; null for none.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Files { get; init; }

    /// <summary>Training documents that a test set, by default the representative documents of the topics.</summary>
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

    /// <summary>Returns whether an assignment is valid: a topic of the version, or −1.</summary>
    public bool Holds(int topicId) => topicId == -1 || Topics.Any(topic => topic.Id == topicId);
}
