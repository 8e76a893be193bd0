using System.Collections.Concurrent;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Terms of a fitted model and the term weights of its topics: the input of all queries by terms.</summary>
/// <param name="Vocabulary">Terms.</param>
/// <param name="Words">Settings for reading texts.</param>
/// <param name="TfIdf">Fitted term weights.</param>
/// <param name="Weights">Topics × terms, the outlier topic in the first row if there is one.</param>
/// <param name="OutlierOffset">1 if the first row is the outlier topic, else 0.</param>
internal sealed record TermSpace(Vocabulary Vocabulary, WordOptions Words, ClassTfIdf TfIdf, CsrMatrix<double> Weights, int OutlierOffset)
{
    /// <summary>
    /// Idle counters. A counter is as large as the vocabulary, too expensive to allocate for each text. A counter that failed is not
    /// reused.
    /// </summary>
    private readonly ConcurrentBag<VocabularyCounter> _counters = [];

    /// <summary>Returns the term space of a model.</summary>
    /// <exception cref="InvalidOperationException">The model has no term weights.</exception>
    public static TermSpace Of(TopicModel model) => model.Vocabulary.Count == 0
        ? throw new InvalidOperationException("The model has no term weights, so queries by words are not available. Run update_topics to "
            + "compute them.")
        : new TermSpace(
            model.Vocabulary,
            model.Options.Words,
            new ClassTfIdf(model.Options.Weights, model.InverseFrequencies),
            model.TermWeights,
            model.OutlierOffset);

    /// <summary>Number of topics without the outlier topic.</summary>
    public int TopicCount => Weights.Rows - OutlierOffset;

    /// <summary>Returns the term weights of new texts, one row per text. Terms that are not in the vocabulary are ignored.</summary>
    public CsrMatrix<double> WeightsOf(IReadOnlyList<string> texts) => TfIdf.Transform(WithCounter(counter => counter.Count(texts)));

    /// <summary>Returns the terms of a tokenized text.</summary>
    public TokenTerms TermsOf(IReadOnlyList<string> tokens) => WithCounter(counter => counter.Read(tokens));

    private T WithCounter<T>(Func<VocabularyCounter, T> use)
    {
        VocabularyCounter counter = _counters.TryTake(out VocabularyCounter? idle) ? idle : new VocabularyCounter(Vocabulary, Words);
        T result = use(counter);
        _counters.Add(counter);
        return result;
    }
}
