using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Class-based TF-IDF: how much a term belongs to a class. With A the mean number of words a class (truncated) and f the
/// occurrences of a term in all classes, the weight is tf · ln(A / f + 1), tf being the share of the term in its class.
/// Source: Grootendorst 2022, and BERTopic's <c>ClassTfidfTransformer</c> with its variants.
/// </summary>
internal sealed class ClassTfIdf(ClassTfIdfOptions options, double[] inverseFrequencies)
{
    private const double GuidedMultiplier = 1.2;

    /// <summary>Factor of each term.</summary>
    public double[] InverseFrequencies { get; } = inverseFrequencies;

    /// <summary>Learns the factors from the counts of all classes.</summary>
    public static ClassTfIdf Fit(CsrMatrix<int> counts, Vocabulary vocabulary, ClassTfIdfOptions options)
    {
        double[] factors = new double[counts.Columns];
        long all = 0;
        for (int entry = 0; entry < counts.Values.Length; entry++)
        {
            factors[counts.ColumnIndices[entry]] += counts.Values[entry];
            all += counts.Values[entry];
        }

        double mean = Math.Truncate((double)all / counts.Rows);
        for (int term = 0; term < factors.Length; term++)
        {
            // A term of a fixed vocabulary may occur nowhere; it then says nothing about a topic.
            double frequency = factors[term];
            factors[term] = frequency == 0
                ? 0
                : options.Bm25Weighting
                ? Math.Log(1 + ((mean - frequency + 0.5) / (frequency + 0.5)))
                : Math.Log((mean / frequency) + 1);
        }

        HashSet<string> guided = new(options.GuidedWords, StringComparer.Ordinal);
        Raise(options.SeedWords.Where(word => !guided.Contains(word)), options.SeedMultiplier, vocabulary, factors);
        Raise(guided, GuidedMultiplier, vocabulary, factors);

        return new ClassTfIdf(options, factors);
    }

    private static void Raise(IEnumerable<string> words, double multiplier, Vocabulary vocabulary, double[] factors)
    {
        foreach (string word in words)
        {
            if (vocabulary.TryGetColumn(word, out int column))
            {
                factors[column] *= multiplier;
            }
        }
    }

    /// <summary>Weights of any counts over the same terms, each row by its own length.</summary>
    public CsrMatrix<double> Transform(CsrMatrix<int> counts)
    {
        double[] weights = new double[counts.Values.Length];
        for (int row = 0; row < counts.Rows; row++)
        {
            Transform(counts.RowColumns(row), counts.RowValues(row), weights.AsSpan(counts.RowStarts[row]));
        }

        return new CsrMatrix<double>(counts.Columns, counts.RowStarts, counts.ColumnIndices, weights);
    }

    /// <summary>Weights of one row.</summary>
    public void Transform(ReadOnlySpan<int> columns, ReadOnlySpan<int> counts, Span<double> weights)
    {
        long length = 0;
        foreach (int count in counts)
        {
            length += count;
        }

        for (int i = 0; i < columns.Length; i++)
        {
            double share = counts[i] / (double)length;
            share = options.ReduceFrequentWords ? Math.Sqrt(share) : share;
            weights[i] = share * InverseFrequencies[columns[i]];
        }
    }
}
