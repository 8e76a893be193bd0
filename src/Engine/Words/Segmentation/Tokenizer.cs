using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Tokenizer equivalent to <c>str.lower</c> and scikit-learn's default pattern <c>(?u)\b\w\w+\b</c>: maximal runs of word
/// characters (<see cref="WordCharacters"/>) of at least two code points. Not thread-safe.
/// </summary>
internal ref struct Tokenizer
{
    private readonly ReadOnlySpan<char> _text;
    private readonly bool _lowercase;
    private readonly Span<char> _buffer;
    private int _position;

    /// <param name="text">Text.</param>
    /// <param name="lowercase">True to convert to lowercase.</param>
    /// <param name="buffer">
    /// Scratch memory for a lowercase token, as long as the text; empty if <paramref name="lowercase"/> is false.
    /// </param>
    public Tokenizer(ReadOnlySpan<char> text, bool lowercase, Span<char> buffer)
    {
        _text = text;
        _lowercase = lowercase;
        _buffer = buffer;
        _position = 0;
    }

    /// <summary>Current token; valid until the next call of <see cref="MoveNext"/>.</summary>
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

    /// <summary>Reads a run of arbitrary word characters, starting at <paramref name="start"/>.</summary>
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
                    // The lowercase of İ is "i" and a combining dot. The dot is not a word character, so the word ends here.
                    _buffer[written++] = 'i';
                    break;
                }

                written += rune.Value == FinalSigma.Capital
                    ? new Rune(FinalSigma.Lower(_text, end - length)).EncodeToUtf16(_buffer[written..])
                    : Rune.ToLowerInvariant(rune).EncodeToUtf16(_buffer[written..]);
            }
        }

        // Skip the character that ended the word, except after İ: the next word can start there.
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
