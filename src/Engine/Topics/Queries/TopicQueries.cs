using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Queries of a fitted model by its terms. They do not change the model. Thread-safe.</summary>
public sealed class TopicQueries
{
    private readonly TopicModel _model;
    private readonly TermSpace _space;
    private readonly Lazy<TopicsByTerm> _byTerm;

    /// <summary>Prepares the queries.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidOperationException">The model has no term weights; a merged model has none.</exception>
    public TopicQueries(TopicModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _space = TermSpace.Of(model);
        _byTerm = new Lazy<TopicsByTerm>(() => new TopicsByTerm(_space.Weights, _space.OutlierOffset));
    }

    /// <summary>Computes the hierarchy of topics; BERTopic's <c>hierarchical_topics</c>.</summary>
    /// <param name="cancellationToken">Cancels the computation, which takes O(n⁴) time for n topics in the worst case.</param>
    /// <returns>All merges, the last one (all topics) first; empty for fewer than two topics.</returns>
    /// <exception cref="InvalidOperationException">The model was imported without term counts.</exception>
    public IReadOnlyList<HierarchyMerge> Hierarchy(CancellationToken cancellationToken = default) => new TopicHierarchy(
        _space,
        _model.State.TermCounts ?? throw new InvalidOperationException("The model was imported without term counts, which the names of "
            + "merged topics need."),
        _model.Topics).Build(cancellationToken);

    /// <summary>Computes the topics at each point in time; BERTopic's <c>topics_over_time</c>.</summary>
    /// <param name="documents">Training documents, in any order. Documents without a time or outside the model are ignored.</param>
    /// <param name="options">Bins and tuning.</param>
    /// <param name="cancellationToken">Cancels between two times.</param>
    /// <param name="assigned">Topic by document id, for documents that are not training documents; null for training documents.</param>
    /// <returns>One slice per time, ascending; topics ascending.</returns>
    public IReadOnlyList<TimeSlice> OverTime(
        IReadOnlyList<Document> documents,
        TimeSliceOptions options,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, int>? assigned = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(options);
        (string[] texts, int[] labels, DateTimeOffset[] times) = Columns(
            documents,
            assigned,
            static document => document.Time is not null,
            static document => document.Time!.Value.ToUniversalTime());
        if (times.Length == 0)
        {
            return [];
        }

        IReadOnlyList<DateTimeOffset> bins = options.BinCount is { } count ? TimeBins.Moments(times, count) : times;
        return
        [
            .. new TopicsOverTime(_space)
                .Compute(texts, labels, bins, options.GlobalTuning, options.EvolutionTuning, cancellationToken)
                .Select(static part => new TimeSlice(part.Time, part.Topics)),
        ];
    }

    /// <summary>Computes the topics in each class of documents; BERTopic's <c>topics_per_class</c>.</summary>
    /// <param name="documents">Training documents, in any order. Documents without the attribute or outside the model are ignored.</param>
    /// <param name="attribute">Attribute whose values are the classes.</param>
    /// <param name="globalTuning">Whether to average with the topic's weights in the whole model; Python <c>global_tuning</c>.</param>
    /// <param name="cancellationToken">Cancels between classes.</param>
    /// <param name="assigned">Topic by document id, for documents that are not training documents; null for training documents.</param>
    /// <returns>One slice per class, in ordinal order; topics ascending.</returns>
    public IReadOnlyList<ClassSlice> PerClass(
        IReadOnlyList<Document> documents,
        string attribute,
        bool globalTuning,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, int>? assigned = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(attribute);
        (string[] texts, int[] labels, string[] classes) = Columns(
            documents,
            assigned,
            document => document.Attributes?.ContainsKey(attribute) == true,
            document => document.Attributes![attribute]);
        return
        [
            .. new TopicsPerClass(_space)
                .Compute(texts, labels, classes, globalTuning, cancellationToken)
                .Select(static part => new ClassSlice(part.Class, part.Topics)),
        ];
    }

    /// <summary>Prepares distributions of texts over topics; BERTopic's <c>approximate_distribution</c>.</summary>
    /// <param name="options">Windows and minimum similarity.</param>
    /// <returns>The distributions of this model.</returns>
    public TextDistributions Distributions(DistributionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TextDistributions(new TopicDistribution(_space, options, _byTerm.Value));
    }

    /// <summary>Returns the terms that a text and a topic share, each with its contribution to their cosine.</summary>
    /// <param name="text">The text.</param>
    /// <param name="topicId">Topic id; −1 for the outlier topic.</param>
    /// <param name="count">Maximum number of terms.</param>
    /// <returns>Terms by descending contribution; equal ones by code point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such topic.</exception>
    public IReadOnlyList<SharedTerm> SharedTerms(string text, int topicId, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(topicId, -_space.OutlierOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(topicId, _space.TopicCount);
        return SharedTerm.Between(_space, text, topicId + _space.OutlierOffset, count);
    }

    /// <summary>
    /// Returns texts, topics and one more column of the documents that satisfy the condition, in canonical order: documents of the model
    /// or, if topics are given, documents with a topic.
    /// </summary>
    private (string[] Texts, int[] Labels, T[] Column) Columns<T>(
        IReadOnlyList<Document> documents,
        IReadOnlyDictionary<string, int>? assigned,
        Func<Document, bool> wanted,
        Func<Document, T> column)
    {
        IReadOnlyDictionary<string, int> topics = assigned ?? OwnTopics();
        (Document Document, int Topic)[] known =
        [
            .. documents
                .Where(document => wanted(document) && topics.ContainsKey(document.Id))
                .Select(document => (document, topics[document.Id]))
                .OrderBy(static pair => pair.document.Id, StringComparer.Ordinal),
        ];
        return (
            Array.ConvertAll(known, static pair => pair.Document.Text),
            Array.ConvertAll(known, static pair => pair.Topic),
            Array.ConvertAll(known, pair => column(pair.Document)));
    }

    private Dictionary<string, int> OwnTopics()
    {
        Dictionary<string, int> topics = new(_model.DocumentIds.Count, StringComparer.Ordinal);
        for (int row = 0; row < _model.DocumentIds.Count; row++)
        {
            topics.Add(_model.DocumentIds[row], _model.Assignments[row]);
        }

        return topics;
    }
}
