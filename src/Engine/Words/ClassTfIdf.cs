using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Class-based TF-IDF. The weight of a term in a class is tf · ln(A / f + 1), where tf is the term's share of the class, A
/// the mean number of terms per class (truncated), and f the term's frequency in all classes. Source: Grootendorst 2022,
/// eq. 2, and BERTopic's <c>ClassTfidfTransformer</c> with its variants.
/// </summary>
internal sealed class ClassTfIdf(ClassTfIdfOptions options, double[] inverseFrequencies)
{
    private const double GuidedMultiplier = 1.2;

    /// <summary>Inverse class frequency of each term.</summary>
    public double[] InverseFrequencies { get; } = inverseFrequencies;

    /// <summary>Computes the inverse class frequencies from the counts, classes × terms.</summary>
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
            // A term of a fixed vocabulary can have frequency 0; its weight is then 0.
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

    /// <summary>Computes the weights of counts over the same terms; each row is normalized by its own length.</summary>
    public CsrMatrix<double> Transform(CsrMatrix<int> counts)
    {
        double[] weights = new double[counts.Values.Length];
        for (int row = 0; row < counts.Rows; row++)
        {
            Transform(counts.RowColumns(row), counts.RowValues(row), weights.AsSpan(counts.RowStarts[row]));
        }

        return new CsrMatrix<double>(counts.Columns, counts.RowStarts, counts.ColumnIndices, weights);
    }

    /// <summary>Computes the weights of one row.</summary>
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
