using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Questions to a fitted model that its words answer. Changes nothing in the model. Safe for any number of callers at once.</summary>
public sealed class TopicQueries
{
    private readonly TopicModel _model;
    private readonly TermSpace _space;
    private readonly Lazy<TopicsByTerm> _byTerm;

    /// <summary>Prepares the questions.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidOperationException">The model holds no word weights, as one merged of several does.</exception>
    public TopicQueries(TopicModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _space = TermSpace.Of(model);
        _byTerm = new Lazy<TopicsByTerm>(() => new TopicsByTerm(_space.Weights, _space.OutlierOffset));
    }

    /// <summary>How topics join into larger ones; BERTopic's <c>hierarchical_topics</c>.</summary>
    /// <returns>All merges, the last (all topics) first; empty below two topics.</returns>
    /// <exception cref="InvalidOperationException">The model came without word counts.</exception>
    public IReadOnlyList<HierarchyMerge> Hierarchy() => new TopicHierarchy(
        _space,
        _model.State.TermCounts ?? throw new InvalidOperationException("The model came without word counts, which name the merged topics."),
        _model.Topics).Build();

    /// <summary>Topics at each point of time; BERTopic's <c>topics_over_time</c>.</summary>
    /// <param name="documents">Training documents, in any order; those without a time, or that the model does not know, are left out.</param>
    /// <param name="options">Bins and tuning.</param>
    /// <param name="cancellationToken">Stops between points of time.</param>
    /// <returns>One part a point of time, ascending; topics ascending.</returns>
    public IReadOnlyList<TimeSlice> OverTime(IReadOnlyList<Document> documents, TimeSliceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(options);
        (string[] texts, int[] labels, DateTimeOffset[] times) = Columns(documents, static document => document.Time is not null, static document => document.Time!.Value.ToUniversalTime());
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

    /// <summary>Topics in each class of documents; BERTopic's <c>topics_per_class</c>.</summary>
    /// <param name="documents">Training documents, in any order; those without the attribute, or that the model does not know, are left out.</param>
    /// <param name="attribute">Attribute whose value is the class.</param>
    /// <param name="globalTuning">Average with the topic's weights in the whole model; Python <c>global_tuning</c>.</param>
    /// <param name="cancellationToken">Stops between classes.</param>
    /// <returns>One part a class, in ordinal order; topics ascending.</returns>
    public IReadOnlyList<ClassSlice> PerClass(IReadOnlyList<Document> documents, string attribute, bool globalTuning, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(attribute);
        (string[] texts, int[] labels, string[] classes) = Columns(
            documents, document => document.Attributes?.ContainsKey(attribute) == true, document => document.Attributes![attribute]);
        return
        [
            .. new TopicsPerClass(_space)
                .Compute(texts, labels, classes, globalTuning, cancellationToken)
                .Select(static part => new ClassSlice(part.Class, part.Topics)),
        ];
    }

    /// <summary>How texts spread over topics; BERTopic's <c>approximate_distribution</c>.</summary>
    /// <param name="options">Windows and the least similarity.</param>
    /// <returns>A reader of texts.</returns>
    public TextDistributions Distributions(DistributionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TextDistributions(new TopicDistribution(_space, options, _byTerm.Value));
    }

    /// <summary>Terms that a text and a topic share, each with its part of the cosine between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="topicId">Topic, −1 for the outliers where there are some.</param>
    /// <param name="count">Most terms returned.</param>
    /// <returns>Terms, the largest contribution first; of equal ones the first by code point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such topic.</exception>
    public IReadOnlyList<SharedTerm> SharedTerms(string text, int topicId, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(topicId, -_space.OutlierOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(topicId, _space.TopicCount);
        return SharedTerm.Between(_space, text, topicId + _space.OutlierOffset, count);
    }

    /// <summary>Texts, topics and one more column of the documents that the model knows and the condition holds for, in canonical order.</summary>
    private (string[] Texts, int[] Labels, T[] Column) Columns<T>(IReadOnlyList<Document> documents, Func<Document, bool> wanted, Func<Document, T> column)
    {
        Dictionary<string, int> rows = new(_model.DocumentIds.Count, StringComparer.Ordinal);
        for (int row = 0; row < _model.DocumentIds.Count; row++)
        {
            rows.Add(_model.DocumentIds[row], row);
        }

        (Document Document, int Row)[] known =
        [
            .. documents
                .Where(document => wanted(document) && rows.ContainsKey(document.Id))
                .Select(document => (document, rows[document.Id]))
                .OrderBy(static pair => pair.Item2),
        ];
        return (
            Array.ConvertAll(known, static pair => pair.Document.Text),
            Array.ConvertAll(known, pair => _model.Assignments[pair.Row]),
            Array.ConvertAll(known, pair => column(pair.Document)));
    }
}
