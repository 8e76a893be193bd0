namespace TopicGrpc.Engine.Words;

/// <summary>The terms of a model, one a column of its count and weight matrices. Immutable.</summary>
public sealed class Vocabulary
{
    private readonly Lazy<Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>> _lookup;

    /// <summary>Wraps the terms; the list is not copied.</summary>
    /// <param name="terms">Distinct terms in column order: by code point where they were learned, as given where they were fixed.</param>
    /// <exception cref="ArgumentException">A term occurs twice.</exception>
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

    /// <summary>The terms by column.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>A vocabulary whose terms are looked at when the first is asked for.</summary>
    /// <param name="terms">Distinct terms, checked before.</param>
    internal static Vocabulary Later(IReadOnlyList<string> terms) => new(terms, new(() => Columns(terms).GetAlternateLookup<ReadOnlySpan<char>>()));

    /// <summary>Column of a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="column">Its column, when the vocabulary holds it.</param>
    /// <returns>Whether the vocabulary holds it.</returns>
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
                throw new ArgumentException($"The vocabulary holds the term \"{terms[column]}\" twice.", nameof(terms));
            }
        }

        return columns;
    }
}
