using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Tokenizer equivalent to <c>str.lower</c> and scikit-learn's default pattern <c>(?u)\b\w\w+\b</c>: maximal runs of word
/// characters (<see cref="WordCharacters"/>) of at least two code points. Not thread-safe.
/// </summary>
internal ref struct Tokenizer
{
    private readonly ReadOnlySpan<char> _text;
    private readonly LowercaseBuffer? _lower;
    private int _position;

    /// <param name="text">Text.</param>
    /// <param name="lower">Memory for a lowercase token; null to keep the case.</param>
    public Tokenizer(ReadOnlySpan<char> text, LowercaseBuffer? lower)
    {
        _text = text;
        _lower = lower;
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
                Current = changes && _lower is not null ? LowerAscii(_lower, start, end) : _text[start..end];
                return true;
            }
        }

        return false;
    }

    private readonly ReadOnlySpan<char> LowerAscii(LowercaseBuffer lower, int start, int end)
    {
        Span<char> buffer = lower.Of(end - start);
        Ascii.ToLower(_text[start..end], buffer, out int written);
        return buffer[..written];
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
            if (_lower is not null)
            {
                Span<char> buffer = _lower.Of(written + 2);
                if (rune.Value == DottedCapitalI)
                {
                    // The lowercase of İ is "i" and a combining dot. The dot is not a word character, so the word ends here.
                    buffer[written++] = 'i';
                    break;
                }

                written += rune.Value == FinalSigma.Capital
                    ? new Rune(FinalSigma.Lower(_text, end - length)).EncodeToUtf16(buffer[written..])
                    : Rune.ToLowerInvariant(rune).EncodeToUtf16(buffer[written..]);
            }
        }

        // Skip the character that ended the word, except after İ: the next word can start there.
        _position = end > start ? end : end + SkipLength(end);
        Current = _lower is null ? _text[start..end] : _lower.Of(written)[..written];
        return codePoints >= 2;
    }

    private readonly int SkipLength(int position)
    {
        Rune.DecodeFromUtf16(_text[position..], out _, out int length);
        return length;
    }

    private const int DottedCapitalI = 0x130;
}
