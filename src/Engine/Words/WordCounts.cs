using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// A fitted <see cref="CountVectorizer"/>: the vocabulary, the counts of every class, and counts of single documents on
/// request.
/// </summary>
internal sealed class WordCounts(
    WordOptions options, DocumentTokens tokens, NgramTable ngrams, Vocabulary vocabulary, int[] columnOf, CsrMatrix<int> counts)
{
    private const int BlockSize = 16;

    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>Counts, classes × terms; columns ascend within a row.</summary>
    public CsrMatrix<int> Counts { get; } = counts;

    /// <summary>Counts the terms of classes of training documents; n-grams do not span documents.</summary>
    public CsrMatrix<int> CountClasses(ClassGroups groups, ComputeOptions compute, CancellationToken cancellationToken)
    {
        var rows = new (int[] Columns, int[] Values)[groups.Count];
        RowBlocks.Run(
            groups.Count,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                SparseCounter counter = new(Vocabulary.Count);
                List<int> terms = [];
                for (int group = first; group < end; group++)
                {
                    foreach (int document in groups.Of(group))
                    {
                        Count(document, counter, terms);
                    }

                    rows[group] = counter.Take();
                }
            },
            cancellationToken);
        CsrBuilder<int> result = new(Vocabulary.Count, groups.Count);
        foreach ((int[] columns, int[] values) in rows)
        {
            result.AddRow(columns, values);
        }

        return result.Build();
    }

    /// <summary>Counts the terms of training documents, one row per document; terms outside the vocabulary are skipped.</summary>
    public CsrMatrix<int> CountDocuments(ReadOnlySpan<int> documents)
    {
        CsrBuilder<int> result = new(Vocabulary.Count, documents.Length);
        SparseCounter counter = new(Vocabulary.Count);
        List<int> terms = [];
        foreach (int document in documents)
        {
            Count(document, counter, terms);
            (int[] columns, int[] values) = counter.Take();
            result.AddRow(columns, values);
        }

        return result.Build();
    }

    private void Count(int document, SparseCounter counter, List<int> terms)
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
    }
}
