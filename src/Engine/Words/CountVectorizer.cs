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
        NgramTable ngrams = new(tokens, _options);
        int[][] sequences = _options.MaxNgram == 1 ? [] : Learn(tokens, groups, ngrams, cancellationToken);
        var rows = new (int[] Columns, int[] Counts)[groups.Count];
        RowBlocks.Run(
            groups.Count,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                SparseCounter counter = new(ngrams.Count);
                for (int group = first; group < end; group++)
                {
                    Count(counter, sequences.Length == 0 ? Words(tokens, groups.Of(group)) : sequences[group]);
                    rows[group] = counter.Take();
                }
            },
            cancellationToken);

        int[] columnOf = new int[ngrams.Count];
        Vocabulary vocabulary = _options.Vocabulary is { } given
            ? Match(given, rows, ngrams, columnOf)
            : Choose(rows, terms => ngrams.Sort(terms, compute, cancellationToken), columnOf);
        RowBlocks.Run(
            rows.Length,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                for (int group = first; group < end; group++)
                {
                    rows[group] = Rename(rows[group], columnOf);
                }
            },
            cancellationToken);
        CsrBuilder<int> counts = new(vocabulary.Count, rows.Length);
        foreach ((int[] columns, int[] values) in rows)
        {
            counts.AddRow(columns, values);
        }

        return new WordCounts(_options, tokens, ngrams, vocabulary, columnOf, counts.Build());
    }

    /// <summary>
    /// Returns the words of a class in document order. A class of one empty document has the word
    /// <see cref="TextCleanup.EmptyText"/>.
    /// </summary>
    private static int[] Words(DocumentTokens tokens, ReadOnlySpan<int> documents)
    {
        if (documents.Length == 1 && tokens.IsEmpty[documents[0]])
        {
            return tokens.EmptyTextId < 0 ? [] : [tokens.EmptyTextId];
        }

        int length = 0;
        foreach (int document in documents)
        {
            length += tokens.Document(document).Length;
        }

        int[] words = new int[length];
        int offset = 0;
        foreach (int document in documents)
        {
            ReadOnlySpan<int> ids = tokens.Document(document);
            ids.CopyTo(words.AsSpan(offset));
            offset += ids.Length;
        }

        return words;
    }

    private static int[][] Learn(DocumentTokens tokens, ClassGroups groups, NgramTable ngrams, CancellationToken cancellationToken)
    {
        int[][] terms = new int[groups.Count][];
        List<int> collected = [];
        for (int group = 0; group < groups.Count; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            collected.Clear();
            ngrams.Collect(Words(tokens, groups.Of(group)), learn: true, collected);
            terms[group] = [.. collected];
        }

        return terms;
    }

    private static void Count(SparseCounter counter, ReadOnlySpan<int> terms)
    {
        foreach (int term in terms)
        {
            counter.Add(term);
        }
    }

    private Vocabulary Choose((int[] Columns, int[] Counts)[] rows, Func<int[], string[]> sort, int[] columnOf)
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

        (int[] chosen, string[] texts) = new VocabularyBuilder(_options).Choose(frequencies, totals, rows.Length, sort);
        Array.Fill(columnOf, -1);
        for (int column = 0; column < chosen.Length; column++)
        {
            columnOf[chosen[column]] = column;
        }

        // The texts are distinct, because the terms are; the look-up is built on first use.
        return Vocabulary.Later(texts);
    }

    private static Vocabulary Match(IReadOnlyList<string> given, (int[] Columns, int[] Counts)[] rows, NgramTable ngrams, int[] columnOf)
    {
        Vocabulary vocabulary = new(given);
        Array.Fill(columnOf, -1);
        foreach ((int[] columns, _) in rows)
        {
            foreach (int term in columns)
            {
                if (columnOf[term] < 0 && vocabulary.TryGetColumn(ngrams.TextOf(term), out int column))
                {
                    columnOf[term] = column;
                }
            }
        }

        return vocabulary;
    }

    /// <summary>Returns a row with columns in place of terms, ascending; terms outside the vocabulary are left out.</summary>
    private static (int[] Columns, int[] Counts) Rename((int[] Terms, int[] Counts) row, int[] columnOf)
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

        Array.Sort(row.Terms, row.Counts, 0, kept);
        return (row.Terms[..kept], row.Counts[..kept]);
    }
}
