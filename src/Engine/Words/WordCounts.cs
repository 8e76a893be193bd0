using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// A fitted <see cref="CountVectorizer"/>: the vocabulary, the counts of every class, and counts of single documents on
/// request.
/// </summary>
internal sealed class WordCounts(
    WordOptions options, DocumentTokens tokens, NgramTable ngrams, Vocabulary vocabulary, int[] columnOf, CsrMatrix<int> counts)
{
    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>Counts, classes × terms; columns ascend within a row.</summary>
    public CsrMatrix<int> Counts { get; } = counts;

    /// <summary>Counts the terms of training documents, one row per document; terms outside the vocabulary are skipped.</summary>
    public CsrMatrix<int> CountDocuments(ReadOnlySpan<int> documents)
    {
        CsrBuilder<int> result = new(Vocabulary.Count, documents.Length);
        SparseCounter counter = new(Vocabulary.Count);
        List<int> terms = [];
        foreach (int document in documents)
        {
            terms.Clear();
            if (options.MaxNgram == 1)
            {
                terms.AddRange(tokens.Document(document));
            }
            else
            {
                ngrams.Collect(tokens.Document(document), learn: false, terms);
            }

            foreach (int term in terms)
            {
                if (columnOf[term] >= 0)
                {
                    counter.Add(columnOf[term]);
                }
            }

            (int[] columns, int[] values) = counter.Take();
            result.AddRow(columns, values);
        }

        return result.Build();
    }
}
