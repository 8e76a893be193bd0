using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Counts the terms of every class, as scikit-learn's <c>CountVectorizer</c> fitted on one joined text per class: n-grams
/// span the boundaries of documents. Classes are counted in parallel; the result does not depend on threads.
/// </summary>
internal sealed class CountVectorizer(WordOptions options)
{
    private const int BlockSize = 8;
    private readonly WordOptions _options = options.Validated();

    /// <summary>Builds the vocabulary and counts its terms.</summary>
    /// <param name="tokens">Tokenized documents.</param>
    /// <param name="groups">Documents of each class.</param>
    /// <param name="compute">Number of threads.</param>
    /// <param name="cancellationToken">Cancels between blocks of classes.</param>
    /// <exception cref="VocabularyException">The settings leave no term.</exception>
    public WordCounts Fit(DocumentTokens tokens, ClassGroups groups, ComputeOptions compute, CancellationToken cancellationToken)
    {
        TermTable terms = new(tokens, groups, _options, compute, cancellationToken);
        var rows = new (int[] Columns, int[] Counts)[groups.Count];
        RowBlocks.Run(
            groups.Count,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                SparseCounter counter = new(terms.Count);
                for (int group = first; group < end; group++)
                {
                    terms.CountJoined(groups.Of(group), counter);
                    rows[group] = counter.Take();
                }
            },
            cancellationToken);

        int[] columnOf = new int[terms.Count];
        Array.Fill(columnOf, -1);
        Vocabulary vocabulary = _options.Vocabulary is { } given
            ? Match(given, rows, terms, columnOf)
            : Choose(rows, terms, columnOf);
        RowBlocks.Run(
            rows.Length,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                for (int group = first; group < end; group++)
                {
                    rows[group] = Rename(rows[group], columnOf, isOrdered: _options.Vocabulary is null);
                }
            },
            cancellationToken);
        return new WordCounts(terms, vocabulary, columnOf, CsrBuilder<int>.Of(vocabulary.Count, rows));
    }

    private Vocabulary Choose((int[] Columns, int[] Counts)[] rows, TermTable terms, int[] columnOf)
    {
        int[] frequencies = new int[columnOf.Length];
        long[] totals = new long[columnOf.Length];
        foreach ((int[] columns, int[] counts) in rows)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                frequencies[columns[i]]++;
                totals[columns[i]] += counts[i];
            }
        }

        int[] chosen = new VocabularyBuilder(_options).Choose(frequencies, totals, rows.Length);
        for (int column = 0; column < chosen.Length; column++)
        {
            columnOf[chosen[column]] = column;
        }

        // The texts are distinct, because the terms are; the look-up is built on first use.
        return Vocabulary.Later(terms.Texts.Of(chosen));
    }

    private static Vocabulary Match(IReadOnlyList<string> given, (int[] Columns, int[] Counts)[] rows, TermTable terms, int[] columnOf)
    {
        Vocabulary vocabulary = new(given);
        foreach ((int[] columns, _) in rows)
        {
            foreach (int term in columns)
            {
                if (columnOf[term] < 0 && vocabulary.TryGetColumn(terms.Texts.TextOf(term), out int column))
                {
                    columnOf[term] = column;
                }
            }
        }

        return vocabulary;
    }

    /// <summary>Returns a row with columns in place of terms, ascending; terms outside the vocabulary are left out.</summary>
    /// <param name="row">Terms, ascending, and their counts.</param>
    /// <param name="columnOf">Column of each term; −1 for none.</param>
    /// <param name="isOrdered">Whether columns ascend with the terms.</param>
    private static (int[] Columns, int[] Counts) Rename((int[] Terms, int[] Counts) row, int[] columnOf, bool isOrdered)
    {
        int kept = 0;
        for (int i = 0; i < row.Terms.Length; i++)
        {
            if (columnOf[row.Terms[i]] >= 0)
            {
                row.Terms[kept] = columnOf[row.Terms[i]];
                row.Counts[kept++] = row.Counts[i];
            }
        }

        if (!isOrdered)
        {
            Array.Sort(row.Terms, row.Counts, 0, kept);
        }

        return kept == row.Terms.Length ? row : (row.Terms[..kept], row.Counts[..kept]);
    }
}
