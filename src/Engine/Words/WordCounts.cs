using System.Runtime.InteropServices;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// A fitted <see cref="CountVectorizer"/>: the vocabulary, the counts of every class, and counts of single documents on
/// request.
/// </summary>
internal sealed class WordCounts(TermTable terms, Vocabulary vocabulary, int[] columnOf, CsrMatrix<int> counts)
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
                List<int> columns = [];
                for (int group = first; group < end; group++)
                {
                    foreach (int document in groups.Of(group))
                    {
                        Collect(document, columns);
                        foreach (int column in columns)
                        {
                            counter.Add(column);
                        }
                    }

                    rows[group] = counter.Take();
                }
            },
            cancellationToken);
        return CsrBuilder<int>.Of(Vocabulary.Count, rows);
    }

    /// <summary>Counts the terms of training documents, one row per document; terms outside the vocabulary are skipped.</summary>
    public CsrMatrix<int> CountDocuments(ReadOnlySpan<int> documents)
    {
        CsrBuilder<int> result = new(Vocabulary.Count, documents.Length);
        List<int> columns = [];
        foreach (int document in documents)
        {
            Collect(document, columns);
            Span<int> row = CollectionsMarshal.AsSpan(columns);
            int[] values = new int[row.Length];
            int distinct = TermRuns.Collapse(row, values);
            result.AddRow(row[..distinct], values.AsSpan(0, distinct));
        }

        return result.Build();
    }

    /// <summary>Replaces the list by the columns of the terms of a document, with repetitions.</summary>
    private void Collect(int document, List<int> columns)
    {
        columns.Clear();
        terms.Collect(document, columns);
        int kept = 0;
        foreach (int term in CollectionsMarshal.AsSpan(columns))
        {
            if (columnOf[term] >= 0)
            {
                columns[kept++] = columnOf[term];
            }
        }

        columns.RemoveRange(kept, columns.Count - kept);
    }
}
