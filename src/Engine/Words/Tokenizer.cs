using System.Text;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Cuts a text into words as scikit-learn's default pattern <c>(?u)\b\w\w+\b</c> does after <c>str.lower</c>: maximal runs
/// of word characters (<see cref="WordCharacters"/>) with two code points or more. Not thread-safe: one buffer a reader.
/// </summary>
internal ref struct Tokenizer
{
    private readonly ReadOnlySpan<char> _text;
    private readonly bool _lowercase;
    private readonly Span<char> _buffer;
    private int _position;

    /// <param name="text">The text.</param>
    /// <param name="lowercase">Whether to lower-case.</param>
    /// <param name="buffer">Room for a lower-cased token; as long as the text, or empty without lower-casing.</param>
    public Tokenizer(ReadOnlySpan<char> text, bool lowercase, Span<char> buffer)
    {
        _text = text;
        _lowercase = lowercase;
        _buffer = buffer;
        _position = 0;
    }

    /// <summary>The token found last; good until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        while (_position < _text.Length)
        {
            int start = _position;
            int end = start;
            bool changes = false;
            while (end < _text.Length && WordCharacters.IsAsciiWord(_text[end]))
            {
                changes |= char.IsAsciiLetterUpper(_text[end]);
                end++;
            }

            if (end < _text.Length && _text[end] >= 128)
            {
                if (ReadUnicode(start))
                {
                    return true;
                }

                continue;
            }

            _position = end + 1;
            if (end - start >= 2)
            {
                Current = changes && _lowercase ? LowerAscii(start, end) : _text[start..end];
                return true;
            }
        }

        return false;
    }

    private readonly ReadOnlySpan<char> LowerAscii(int start, int end)
    {
        Ascii.ToLower(_text[start..end], _buffer, out int written);
        return _buffer[..written];
    }

    /// <summary>Reads a run that may hold any character, from <paramref name="start"/>.</summary>
    private bool ReadUnicode(int start)
    {
        int codePoints = 0;
        int written = 0;
        int end = start;
        while (end < _text.Length)
        {
            Rune.DecodeFromUtf16(_text[end..], out Rune rune, out int length);
            if (!WordCharacters.IsWord(rune))
            {
                break;
            }

            codePoints++;
            end += length;
            if (_lowercase)
            {
                if (rune.Value == DottedCapitalI)
                {
                    // Its lower case is "i" and a combining dot, and the dot is no word character: the word ends here.
                    _buffer[written++] = 'i';
                    break;
                }

                written += rune.Value == FinalSigma.Capital
                    ? new Rune(FinalSigma.Lower(_text, end - length)).EncodeToUtf16(_buffer[written..])
                    : Rune.ToLowerInvariant(rune).EncodeToUtf16(_buffer[written..]);
            }
        }

        // An unread character is no word character, except after the dotted I, where the next word may begin at once.
        _position = end > start ? end : end + SkipLength(end);
        Current = _lowercase ? _buffer[..written] : _text[start..end];
        return codePoints >= 2;
    }

    private readonly int SkipLength(int position)
    {
        Rune.DecodeFromUtf16(_text[position..], out _, out int length);
        return length;
    }

    private const int DottedCapitalI = 0x130;
}
