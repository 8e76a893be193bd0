using System.Collections.Concurrent;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>The terms of a fitted model and the place of its topics among them: what every query by words needs.</summary>
/// <param name="Vocabulary">Terms.</param>
/// <param name="Words">How texts are read.</param>
/// <param name="TfIdf">Fitted factors of the terms.</param>
/// <param name="Weights">Topics × terms, the outlier topic in the first row if there is one.</param>
/// <param name="OutlierOffset">1 when the first row is the outlier topic, else 0.</param>
internal sealed record TermSpace(Vocabulary Vocabulary, WordOptions Words, ClassTfIdf TfIdf, CsrMatrix<double> Weights, int OutlierOffset)
{
    /// <summary>Counters between two uses: one is as wide as the vocabulary, too dear to make for every text. One that failed is not put back.</summary>
    private readonly ConcurrentBag<VocabularyCounter> _counters = [];

    /// <summary>The terms of a model.</summary>
    /// <exception cref="InvalidOperationException">It holds none.</exception>
    public static TermSpace Of(TopicModel model) => model.Vocabulary.Count == 0
        ? throw new InvalidOperationException("The model holds no word weights, so questions about words cannot be answered.")
        : new TermSpace(model.Vocabulary, model.Options.Words, new ClassTfIdf(model.Options.Weights, model.InverseFrequencies), model.TermWeights, model.OutlierOffset);

    /// <summary>Topics, the outlier topic not counted.</summary>
    public int TopicCount => Weights.Rows - OutlierOffset;

    /// <summary>Weights of new texts, each by its own length; terms that the model does not know are left out.</summary>
    public CsrMatrix<double> WeightsOf(IReadOnlyList<string> texts) => TfIdf.Transform(WithCounter(counter => counter.Count(texts)));

    /// <summary>Terms of a text that was cut into tokens.</summary>
    public TokenTerms TermsOf(IReadOnlyList<string> tokens) => WithCounter(counter => counter.Read(tokens));

    private T WithCounter<T>(Func<VocabularyCounter, T> use)
    {
        VocabularyCounter counter = _counters.TryTake(out VocabularyCounter? idle) ? idle : new VocabularyCounter(Vocabulary, Words);
        T result = use(counter);
        _counters.Add(counter);
        return result;
    }
}
