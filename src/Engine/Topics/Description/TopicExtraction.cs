using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Words, names and representative documents for given topics. The texts are tokenized once for any number of calls.</summary>
internal sealed class TopicExtraction
{
    private readonly DocumentTable _documents;
    private readonly ComputeOptions _compute;
    private readonly WordOptions _words;
    private readonly DocumentTokens _tokens;
    private WordCounts? _counts;

    public TopicExtraction(DocumentTable documents, WordOptions words, ComputeOptions compute, CancellationToken cancellationToken)
    {
        _documents = documents;
        _compute = compute;
        _words = words;
        _tokens = DocumentTokenizer.Read(documents.Texts, words, compute, cancellationToken);
    }

    /// <summary>Number of threads.</summary>
    public ComputeOptions Compute => _compute;

    /// <summary>Describes the topics.</summary>
    /// <param name="assignments">Topic of each document.</param>
    /// <param name="options">Settings. Settings that change the tokens must equal those of the constructor.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VocabularyException">The settings leave no term.</exception>
    public TopicContent Extract(TopicAssignments assignments, TopicModelOptions options, CancellationToken cancellationToken)
    {
        ClassGroups groups = new(assignments.Rows(), assignments.RowCount);
        WordCounts counts = new CountVectorizer(options.Words).Fit(_tokens, groups, _compute, cancellationToken);
        _counts = counts;
        var tfIdf = ClassTfIdf.Fit(counts.Counts, counts.Vocabulary, options.Weights);
        CsrMatrix<double> weights = tfIdf.Transform(counts.Counts);
        int[][] representatives = options.RepresentativeDocumentCount == 0
            ? []
            : RepresentativePicker.Pick(
                groups,
                options.RepresentativeDocumentCount,
                new TermWeighting(tfIdf, weights, Counter(counts)),
                _compute,
                cancellationToken);
        var topics = new Topic[assignments.RowCount];
        for (int row = 0; row < topics.Length; row++)
        {
            int id = row - assignments.OutlierOffset;
            TopicWord[] best = TopicWordRanking.Best(weights, counts.Vocabulary, row, options.TopWordCount);
            topics[row] = new Topic(
                id,
                assignments.Sizes[row],
                TopicNames.Default(id, best),
                best,
                row < representatives.Length ? _documents.Representatives(representatives[row]) : []);
        }

        if (options.Naming == TopicNaming.Distinct)
        {
            topics = DistinctNames.Apply(
                topics, TopicPhrases.Find(topics, groups, _documents.Texts, options.Words, _compute, cancellationToken));
        }

        return new TopicContent(topics, counts.Vocabulary, tfIdf.InverseFrequencies, weights, counts.Counts);
    }

    /// <summary>
    /// Describes the topics. If the frequency limits leave no term, or BM25 no positive weight, it ignores them and adds a warning.
    /// </summary>
    public TopicContent ExtractOrRelax(
        TopicAssignments assignments, TopicModelOptions options, List<FitWarning> warnings, CancellationToken cancellationToken)
    {
        TopicContent content = ExtractWithWeights(assignments, options, warnings, cancellationToken);
        int without = content.Topics.Count(static topic => !HasWords(topic));
        if (without > 0)
        {
            warnings.Add(new FitWarning(
                FitWarning.TopicsWithoutWords,
                $"{without} of {content.Topics.Count} topics have no word: no word of the vocabulary that their texts contain has a "
                + "positive weight. Check vectorizer.vocabulary and the texts."));
        }

        return content;
    }

    // In a vocabulary of a few words each can be more frequent than the mean, which BM25 takes as a negative weight.
    private TopicContent ExtractWithWeights(
        TopicAssignments assignments, TopicModelOptions options, List<FitWarning> warnings, CancellationToken cancellationToken)
    {
        TopicContent content = ExtractWithLimits(assignments, options, warnings, cancellationToken);
        if (!options.Weights.Bm25Weighting || content.Topics.Any(HasWords))
        {
            return content;
        }

        TopicModelOptions plain = options with { Weights = options.Weights with { Bm25Weighting = false } };
        TopicContent weighted = ExtractWithLimits(assignments, plain, [], cancellationToken);
        if (!weighted.Topics.Any(HasWords))
        {
            return content;
        }

        warnings.Add(new FitWarning(
            FitWarning.WeightingIgnored,
            "The setting ctfidf.bm25_weighting was ignored: the vocabulary has so few words that it gives all of them a negative weight."));
        return weighted;
    }

    private static bool HasWords(Topic topic) => topic.Words is [{ Term.Length: > 0 }, ..];

    private TopicContent ExtractWithLimits(
        TopicAssignments assignments, TopicModelOptions options, List<FitWarning> warnings, CancellationToken cancellationToken)
    {
        try
        {
            return Extract(assignments, options, cancellationToken);
        }
        catch (VocabularyException problem) when (problem.ParamName != nameof(WordOptions.StopWords))
        {
            // The number of topics is known only after minutes of work; words without limits are better than no model.
            warnings.Add(new FitWarning(FitWarning.VocabularyLimits, $"The limits min_df and max_df were ignored. {problem.Message}"));
            WordOptions unlimited =
                options.Words with { MinTopicFrequency = FrequencyLimit.Count(1), MaxTopicFrequency = FrequencyLimit.Share(1.0) };
            return Extract(assignments, options with { Words = unlimited }, cancellationToken);
        }
    }

    /// <summary>
    /// Returns the words of other groupings of the same documents, by the terms of the last description. The terms are counted once for
    /// all groupings; n-grams do not span documents.
    /// </summary>
    /// <param name="groupings">Topic of each document, by grouping.</param>
    /// <param name="options">Settings. Settings that change the tokens must equal those of the constructor.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>By grouping, the words of each topic from 0, best first.</returns>
    public TopicWord[][][] Words(
        IReadOnlyList<TopicAssignments> groupings, TopicModelOptions options, CancellationToken cancellationToken)
    {
        WordCounts counts = _counts ?? throw new InvalidOperationException("No topics were described yet.");
        CommonGroups common = new(groupings);
        CsrMatrix<int> parts = counts.CountClasses(new ClassGroups(common.Groups, common.Count), _compute, cancellationToken);
        var words = new TopicWord[groupings.Count][][];
        for (int grouping = 0; grouping < words.Length; grouping++)
        {
            TopicAssignments assignments = groupings[grouping];
            CsrMatrix<int> rows = common.Sum(parts, grouping);
            CsrMatrix<double> weights = ClassTfIdf.Fit(rows, counts.Vocabulary, options.Weights).Transform(rows);
            words[grouping] = new TopicWord[assignments.TopicCount][];
            for (int topic = 0; topic < assignments.TopicCount; topic++)
            {
                words[grouping][topic] = TopicWordRanking.Best(
                    weights, counts.Vocabulary, topic + assignments.OutlierOffset, options.TopWordCount);
            }
        }

        return words;
    }

    /// <summary>Returns the counter for representative documents. They are compared by their original words, without cleanup.</summary>
    private Func<int[], CsrMatrix<int>> Counter(WordCounts counts) => _words.KeepAsciiOnly
        ? documents => new VocabularyCounter(counts.Vocabulary, _words)
            .Count(Array.ConvertAll(documents, document => _documents.Texts[document]))
        : documents => counts.CountDocuments(documents);
}
