using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>The word being read: at most <see cref="MaxCodePoints"/> code points are kept, of a longer one only that it is longer.</summary>
internal ref struct WordBuffer
{
    /// <summary>A longer word is unknown as a whole (<c>max_input_chars_per_word</c>).</summary>
    public const int MaxCodePoints = 100;

    /// <summary>Room for <see cref="MaxCodePoints"/> code points, each perhaps two UTF-16 units.</summary>
    public const int Capacity = 2 * MaxCodePoints;

    private readonly Span<char> _buffer;
    private int _length;
    private int _codePoints;

    /// <summary>Starts with no word.</summary>
    /// <param name="buffer">At least <see cref="Capacity"/> units.</param>
    public WordBuffer(Span<char> buffer) => _buffer = buffer;

    /// <summary>Whether there is no word.</summary>
    public readonly bool IsEmpty => _codePoints == 0;

    /// <summary>Whether the word has more than <see cref="MaxCodePoints"/> code points.</summary>
    public readonly bool IsTooLong => _codePoints > MaxCodePoints;

    /// <summary>The word; meaningless when it is too long.</summary>
    public readonly ReadOnlySpan<char> Text => _buffer[.._length];

    /// <summary>Adds one code point.</summary>
    public void Add(int codePoint)
    {
        if (_codePoints < MaxCodePoints)
        {
            _length += new Rune(codePoint).EncodeToUtf16(_buffer[_length..]);
        }

        // Counting stops one above the limit, so that no text is long enough to overflow.
        _codePoints = Math.Min(_codePoints + 1, MaxCodePoints + 1);
    }

    /// <summary>Forgets the word.</summary>
    public void Clear()
    {
        _length = 0;
        _codePoints = 0;
    }
}
