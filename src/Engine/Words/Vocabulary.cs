namespace TopicGrpc.Engine.Words;

/// <summary>The terms of a model, one per column of the count and weight matrices. Immutable and thread-safe.</summary>
public sealed class Vocabulary
{
    private readonly Lazy<Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>> _lookup;

    /// <summary>Wraps the terms; the list is not copied.</summary>
    /// <param name="terms">Distinct terms in column order: by code point if learned, in the given order if fixed.</param>
    /// <exception cref="ArgumentException">A term is repeated.</exception>
    public Vocabulary(IReadOnlyList<string> terms)
        : this(terms, Index(terms))
    {
    }

    private Vocabulary(IReadOnlyList<string> terms, Lazy<Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>> lookup)
    {
        Terms = terms;
        _lookup = lookup;
    }

    /// <summary>Number of terms.</summary>
    public int Count => Terms.Count;

    /// <summary>Terms by column.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Creates a vocabulary that reads its terms on first look-up.</summary>
    /// <param name="terms">Distinct terms; not checked here.</param>
    internal static Vocabulary Later(IReadOnlyList<string> terms) =>
        new(terms, new(() => Columns(terms).GetAlternateLookup<ReadOnlySpan<char>>()));

    /// <summary>Finds the column of a term.</summary>
    /// <param name="term">Term.</param>
    /// <param name="column">Receives the column if the vocabulary contains the term.</param>
    /// <returns>True if the vocabulary contains the term.</returns>
    public bool TryGetColumn(ReadOnlySpan<char> term, out int column) => _lookup.Value.TryGetValue(term, out column);

    private static Lazy<Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>> Index(IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(Columns(terms).GetAlternateLookup<ReadOnlySpan<char>>());
    }

    private static Dictionary<string, int> Columns(IReadOnlyList<string> terms)
    {
        Dictionary<string, int> columns = new(terms.Count, StringComparer.Ordinal);
        for (int column = 0; column < terms.Count; column++)
        {
            if (!columns.TryAdd(terms[column], column))
            {
                throw new ArgumentException($"The vocabulary contains the term \"{terms[column]}\" more than once.", nameof(terms));
            }
        }

        return columns;
    }
}
