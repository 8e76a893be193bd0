using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// Coherence of the words of a topic in a corpus. Source: Röder, Both and Hinneburg 2015, with the conventions of gensim's
/// <c>CoherenceModel</c>: constant 1e-12, natural logarithms, all texts counted, windows as in <see cref="SlidingWindow"/>. Words that do
/// not occur in the texts are removed from their topic.
/// </summary>
public static class TopicCoherence
{
    private const double Epsilon = 1e-12;
    private const int NpmiWindow = 10;
    private const int ContextVectorWindow = 110;

    /// <summary>Computes several measures for all topics and reads the texts once.</summary>
    /// <param name="measures">Measures to compute.</param>
    /// <param name="topics">Distinct words of each topic except the outlier topic, best first.</param>
    /// <param name="texts">All texts. Tokens are those of scikit-learn's vectorizer without English stop words.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels between texts.</param>
    /// <returns>For each measure one score per topic and their mean.</returns>
    public static IReadOnlyList<CoherenceScore> Compute(
        IReadOnlyList<CoherenceMeasure> measures,
        IReadOnlyList<IReadOnlyList<string>> topics,
        IReadOnlyList<string> texts,
        ComputeOptions compute,
        CancellationToken cancellationToken) => Compute(measures, topics, texts, WordSegmentation.TokenPattern, compute, cancellationToken);

    /// <summary>Computes several measures for all topics and reads the texts once.</summary>
    /// <param name="measures">Measures to compute.</param>
    /// <param name="topics">Distinct words of each topic except the outlier topic, best first.</param>
    /// <param name="texts">All texts.</param>
    /// <param name="segmentation">How the texts are split into words. scikit-learn's English stop words are removed.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels between texts.</param>
    /// <returns>For each measure one score per topic and their mean.</returns>
    public static IReadOnlyList<CoherenceScore> Compute(
        IReadOnlyList<CoherenceMeasure> measures,
        IReadOnlyList<IReadOnlyList<string>> topics,
        IReadOnlyList<string> texts,
        WordSegmentation segmentation,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(compute);
        WordIndex index = new(topics);
        OccurrenceCounts[] counts = OccurrenceCounter.Count(
            index, texts, segmentation, [.. measures.Select(WindowOf)], compute, cancellationToken);
        return [.. measures.Select((measure, i) => Score(measure, index, counts[i]))];
    }

    private static int WindowOf(CoherenceMeasure measure) => measure switch
    {
        CoherenceMeasure.Npmi => NpmiWindow,
        CoherenceMeasure.ContextVector => ContextVectorWindow,
        CoherenceMeasure.Umass => SlidingWindow.WholeText,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Unknown coherence measure."),
    };

    private static CoherenceScore Score(CoherenceMeasure measure, WordIndex index, OccurrenceCounts counts)
    {
        double?[] scores = new double?[index.Topics.Length];
        double sum = 0;
        int scored = 0;
        for (int topic = 0; topic < scores.Length; topic++)
        {
            int[] words = Array.FindAll(index.Topics[topic], word => counts.Words[word] > 0);
            if (words.Length < 2)
            {
                continue;
            }

            double score = measure switch
            {
                CoherenceMeasure.ContextVector => MeanContextCosine(counts, words),
                CoherenceMeasure.Umass => MeanConditional(counts, words),
                _ => MeanNpmi(counts, words),
            };
            scores[topic] = score;
            sum += score;
            scored++;
        }

        return new CoherenceScore(measure, scores, scored == 0 ? null : sum / scored);
    }

    /// <summary>Mean over all ordered pairs of different words. The pair score is symmetric, so each pair is computed once.</summary>
    private static double MeanNpmi(OccurrenceCounts counts, int[] words)
    {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < words.Length; i++)
        {
            for (int j = i + 1; j < words.Length; j++)
            {
                sum += Npmi(counts, words[i], words[j]);
                pairs++;
            }
        }

        return sum / pairs;
    }

    /// <summary>
    /// Mean cosine of each word's vector, its NPMI with all words of the topic including itself, with the sum of these vectors.
    /// </summary>
    private static double MeanContextCosine(OccurrenceCounts counts, int[] words)
    {
        int size = words.Length;
        double[] vectors = new double[size * size];
        double[] total = new double[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                vectors[(i * size) + j] = Npmi(counts, words[i], words[j]);
                total[j] += vectors[(i * size) + j];
            }
        }

        double sum = 0;
        for (int i = 0; i < size; i++)
        {
            sum += Cosine(vectors.AsSpan(i * size, size), total);
        }

        return sum / size;
    }

    /// <summary>Mean of ln((p(a, b) + ε) / p(b)) over each word a with every word b before it.</summary>
    private static double MeanConditional(OccurrenceCounts counts, int[] words)
    {
        double sum = 0;
        int pairs = 0;
        for (int i = 1; i < words.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double both = (double)counts.Of(words[i], words[j]) / counts.Windows;
                double before = (double)counts.Of(words[j], words[j]) / counts.Windows;
                sum += Math.Log((both + Epsilon) / before);
                pairs++;
            }
        }

        return sum / pairs;
    }

    private static double Npmi(OccurrenceCounts counts, int first, int second)
    {
        double both = (double)counts.Of(first, second) / counts.Windows;
        double apart = (double)counts.Of(first, first) / counts.Windows * ((double)counts.Of(second, second) / counts.Windows);
        return Math.Log((both + Epsilon) / apart) / -Math.Log(both + Epsilon);
    }

    private static double Cosine(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double dot = 0;
        double leftSquare = 0;
        double rightSquare = 0;
        for (int i = 0; i < left.Length; i++)
        {
            dot += left[i] * right[i];
            leftSquare += left[i] * left[i];
            rightSquare += right[i] * right[i];
        }

        double norms = Math.Sqrt(leftSquare) * Math.Sqrt(rightSquare);
        return norms > 0 ? dot / norms : 0;
    }
}
