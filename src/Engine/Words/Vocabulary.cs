namespace TopicGrpc.Engine.Words;

/// <summary>The terms of a model, one a column of its count and weight matrices. Immutable.</summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> _columns;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Wraps the terms; the list is not copied.</summary>
    /// <param name="terms">Distinct terms in column order: by code point where they were learned, as given where they were fixed.</param>
    /// <exception cref="ArgumentException">A term occurs twice.</exception>
    public Vocabulary(IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Terms = terms;
        _columns = new Dictionary<string, int>(terms.Count, StringComparer.Ordinal);
        for (int column = 0; column < terms.Count; column++)
        {
            if (!_columns.TryAdd(terms[column], column))
            {
                throw new ArgumentException($"The vocabulary holds the term \"{terms[column]}\" twice.", nameof(terms));
            }
        }

        _lookup = _columns.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Number of terms.</summary>
    public int Count => Terms.Count;

    /// <summary>The terms by column.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Column of a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="column">Its column, when the vocabulary holds it.</param>
    /// <returns>Whether the vocabulary holds it.</returns>
    public bool TryGetColumn(ReadOnlySpan<char> term, out int column) => _lookup.TryGetValue(term, out column);
}
