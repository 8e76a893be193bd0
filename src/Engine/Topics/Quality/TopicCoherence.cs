namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// How well the words of a topic go together in the corpus. Source: Röder, Both and Hinneburg 2015, with the conventions
/// of gensim's <c>CoherenceModel</c> (constant 1e-12, natural logarithms, every text counted, windows as
/// <see cref="SlidingWindow"/> describes).
/// </summary>
public static class TopicCoherence
{
    private const double Epsilon = 1e-12;
    private const int NpmiWindow = 10;
    private const int ContextVectorWindow = 110;

    /// <summary>Computes one measure for all topics.</summary>
    /// <param name="measure">Which.</param>
    /// <param name="topics">Words of each topic, best first, the outlier topic left out.</param>
    /// <param name="texts">Every text as its tokens, in order.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    /// <returns>One score a topic and their mean.</returns>
    public static CoherenceScore Compute(
        CoherenceMeasure measure,
        IReadOnlyList<IReadOnlyList<string>> topics,
        IEnumerable<IReadOnlyList<string>> texts,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(texts);
        WordIndex index = new(topics);
        OccurrenceCounts counts = measure == CoherenceMeasure.Umass
            ? CountDocuments(index, texts, cancellationToken)
            : CountWindows(index, texts, measure == CoherenceMeasure.Npmi ? NpmiWindow : ContextVectorWindow, cancellationToken);

        double[] scores = new double[topics.Count];
        double sum = 0;
        for (int topic = 0; topic < scores.Length; topic++)
        {
            scores[topic] = measure switch
            {
                CoherenceMeasure.Npmi => MeanNpmi(counts, index.Topics[topic]),
                CoherenceMeasure.ContextVector => MeanContextCosine(counts, index.Topics[topic]),
                CoherenceMeasure.Umass => MeanConditional(counts, index.Topics[topic]),
                _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Unknown coherence measure."),
            };
            sum += scores[topic];
        }

        return new CoherenceScore(measure, scores, scores.Length == 0 ? double.NaN : sum / scores.Length);
    }

    private static OccurrenceCounts CountWindows(
        WordIndex index, IEnumerable<IReadOnlyList<string>> texts, int size, CancellationToken cancellationToken)
    {
        OccurrenceCounts counts = new(index.Count);
        SlidingWindow window = new(index.Count, size, counts);
        int[] tokens = [];
        foreach (IReadOnlyList<string> text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tokens.Length < text.Count)
            {
                tokens = new int[Math.Max(text.Count, 2 * tokens.Length)];
            }

            for (int i = 0; i < text.Count; i++)
            {
                tokens[i] = index.Find(text[i]);
            }

            window.Slide(tokens.AsSpan(0, text.Count));
        }

        return counts;
    }

    private static OccurrenceCounts CountDocuments(
        WordIndex index, IEnumerable<IReadOnlyList<string>> texts, CancellationToken cancellationToken)
    {
        OccurrenceCounts counts = new(index.Count);
        HashSet<int> present = [];
        foreach (IReadOnlyList<string> text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            present.Clear();
            foreach (string token in text)
            {
                present.Add(index.Find(token));
            }

            present.Remove(WordIndex.None);
            counts.Add(present.ToArray());
        }

        return counts;
    }

    /// <summary>Mean over all ordered pairs of different words; the pair score is symmetric, so each is taken once.</summary>
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

        return pairs == 0 ? double.NaN : sum / pairs;
    }

    /// <summary>Each word's vector of NPMI to all words of the topic, itself included, against the sum of those vectors.</summary>
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

        return size == 0 ? double.NaN : sum / size;
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
                sum += before > 0 ? Math.Log((both + Epsilon) / before) : 0;
                pairs++;
            }
        }

        return pairs == 0 ? double.NaN : sum / pairs;
    }

    private static double Npmi(OccurrenceCounts counts, int first, int second)
    {
        double both = (double)counts.Of(first, second) / counts.Windows;
        double apart = (double)counts.Of(first, first) / counts.Windows * ((double)counts.Of(second, second) / counts.Windows);

        // A word that the corpus lacks says nothing; without this the ratio would be infinite.
        return apart > 0 ? Math.Log((both + Epsilon) / apart) / -Math.Log(both + Epsilon) : 0;
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
