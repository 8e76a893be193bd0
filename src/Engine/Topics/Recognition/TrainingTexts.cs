namespace TopicGrpc.Engine.Topics.Recognition;

/// <summary>
/// Fingerprints of training texts, each with the row of its document: 16 bytes per document instead of the texts. Sorted by fingerprint,
/// then by row.
/// </summary>
public sealed class TrainingTexts
{
    /// <summary>Numbers per entry: three of the fingerprint, then the row.</summary>
    internal const int Columns = 4;

    private readonly int[] _entries;

    private TrainingTexts(int[] entries)
    {
        _entries = entries;
        LastRow = -1;
        for (int i = Columns - 1; i < entries.Length; i += Columns)
        {
            LastRow = Math.Max(LastRow, entries[i]);
        }
    }

    /// <summary>Number of documents.</summary>
    public int Count => _entries.Length / Columns;

    /// <summary>Largest row of a document; −1 if there are none.</summary>
    internal int LastRow { get; }

    /// <summary>All entries, for archives.</summary>
    internal ReadOnlySpan<int> Entries => _entries;

    /// <summary>Computes the fingerprints of texts.</summary>
    /// <param name="texts">Text of each row.</param>
    /// <returns>The fingerprints.</returns>
    public static TrainingTexts Of(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Sorted(texts.Select(static (text, row) => (TextFingerprint.Of(text), row)));
    }

    /// <summary>Wraps recorded entries.</summary>
    /// <exception cref="ArgumentException">The entries are incomplete, not sorted, or name a row that does not exist.</exception>
    internal static TrainingTexts Recorded(int[] entries, int rows)
    {
        TrainingTexts texts = new(entries);
        bool valid = entries.Length % Columns == 0 && texts.LastRow < rows;
        for (int place = 0; valid && place < texts.Count; place++)
        {
            valid = texts.RowAt(place) >= 0
                && (place == 0 || (texts.At(place - 1), texts.RowAt(place - 1)).CompareTo((texts.At(place), texts.RowAt(place))) < 0);
        }

        return valid ? texts : throw new ArgumentException("The fingerprints of the training texts are not a sorted list of documents.");
    }

    /// <summary>Returns the fingerprints of several models as those of one.</summary>
    /// <param name="parts">Fingerprints and new row of each old row.</param>
    internal static TrainingTexts Merged(IEnumerable<(TrainingTexts Texts, int[] NewRows)> parts) => Sorted(
        parts.SelectMany(static part => Enumerable.Range(0, part.Texts.Count)
            .Select(place => (part.Texts.At(place), part.NewRows[part.Texts.RowAt(place)]))));

    /// <summary>Returns the document at a place of the order.</summary>
    internal int RowAt(int place) => _entries[(place * Columns) + Columns - 1];

    /// <summary>Returns the place after the last document with the text of a place.</summary>
    internal int EndOf(int place)
    {
        TextFingerprint text = At(place);
        int end = place + 1;
        while (end < Count && At(end) == text)
        {
            end++;
        }

        return end;
    }

    /// <summary>Returns the first place with a fingerprint; −1 if no training text has it.</summary>
    internal int Find(TextFingerprint text)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (At(middle) < text)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < Count && At(low) == text ? low : -1;
    }

    /// <summary>Returns whether the document of a row has a text.</summary>
    internal bool Has(TextFingerprint text, int row)
    {
        int first = Find(text);
        for (int place = first, end = first < 0 ? first : EndOf(first); place < end; place++)
        {
            if (RowAt(place) == row)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the fingerprints without those of some rows.</summary>
    internal TrainingTexts Without(int[] rows)
    {
        HashSet<int> removed = [.. rows];
        List<int> kept = new(_entries.Length);
        for (int place = 0; place < Count; place++)
        {
            if (!removed.Contains(RowAt(place)))
            {
                kept.AddRange(_entries.AsSpan(place * Columns, Columns));
            }
        }

        return new TrainingTexts([.. kept]);
    }

    private TextFingerprint At(int place)
    {
        ReadOnlySpan<int> entry = _entries.AsSpan(place * Columns, Columns);
        return new TextFingerprint(((ulong)(uint)entry[0] << 32) | (uint)entry[1], (uint)entry[2]);
    }

    private static TrainingTexts Sorted(IEnumerable<(TextFingerprint Text, int Row)> documents)
    {
        (TextFingerprint Text, int Row)[] sorted = [.. documents];
        Array.Sort(sorted);
        int[] entries = new int[sorted.Length * Columns];
        for (int place = 0; place < sorted.Length; place++)
        {
            (TextFingerprint text, int row) = sorted[place];
            Span<int> entry = entries.AsSpan(place * Columns, Columns);
            entry[0] = (int)(text.High >> 32);
            entry[1] = (int)text.High;
            entry[2] = (int)text.Low;
            entry[3] = row;
        }

        return new TrainingTexts(entries);
    }
}
