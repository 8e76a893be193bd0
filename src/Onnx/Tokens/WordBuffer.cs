using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>
/// Buffer of the current word. Keeps at most <see cref="MaxCodePoints"/> code points; of a longer word, only the fact that
/// it is longer.
/// </summary>
internal ref struct WordBuffer
{
    /// <summary>Maximum length of a word (<c>max_input_chars_per_word</c>); longer words are unknown.</summary>
    public const int MaxCodePoints = 100;

    /// <summary>Capacity in UTF-16 units: two per code point.</summary>
    public const int Capacity = 2 * MaxCodePoints;

    private readonly Span<char> _buffer;
    private int _length;
    private int _codePoints;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="buffer">Memory of at least <see cref="Capacity"/> units.</param>
    public WordBuffer(Span<char> buffer) => _buffer = buffer;

    /// <summary>True if there is no word.</summary>
    public readonly bool IsEmpty => _codePoints == 0;

    /// <summary>True if the word has more than <see cref="MaxCodePoints"/> code points.</summary>
    public readonly bool IsTooLong => _codePoints > MaxCodePoints;

    /// <summary>Current word; undefined if <see cref="IsTooLong"/>.</summary>
    public readonly ReadOnlySpan<char> Text => _buffer[.._length];

    /// <summary>Appends a code point.</summary>
    public void Add(int codePoint)
    {
        if (_codePoints < MaxCodePoints)
        {
            _length += new Rune(codePoint).EncodeToUtf16(_buffer[_length..]);
        }

        // Saturate, so that the count cannot overflow.
        _codePoints = Math.Min(_codePoints + 1, MaxCodePoints + 1);
    }

    /// <summary>Empties the buffer.</summary>
    public void Clear()
    {
        _length = 0;
        _codePoints = 0;
    }
}
