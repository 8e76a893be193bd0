using System.Runtime.InteropServices;
using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Words of texts in any script. The boundaries follow Unicode Standard Annex 29 with these rules for topic words:
/// <list type="bullet">
/// <item>An apostrophe separates words of Latin script and belongs to words of other scripts.</item>
/// <item>Han characters give overlapping pairs; a single character between others is a word. In a text without kana, Chinese function
/// characters separate.</item>
/// <item>A run of katakana is a word. Hiragana give overlapping pairs, except after Han or katakana, where they are inflections and
/// particles.</item>
/// <item>Thai, Lao, Khmer and Burmese are cut at the words of <see cref="UnspacedLexicon"/>; the rest gives words of up to four groups of
/// characters, or overlapping groups of three.</item>
/// </list>
/// A word of other scripts has at least two characters, as in scikit-learn. Reuses its buffers; not thread-safe.
/// </summary>
internal sealed class ScriptWords(bool lowercase)
{
    private const string ChineseFunctionCharacters = "的了吗嗎呢吧們们着著很也都就又而但或与與及把被这這那是在有和我你他她它不没沒啊呀嘛";
    private const int LongestUnsplit = 4;
    private const int UnspacedGram = 3;
    private const int ShortRun = 64;

    // The words of a run are overlapping groups of characters; they are listed by range, because a run can be as long as the text.
    private readonly List<(int First, int End, int Size)> _grams = [];
    private readonly List<int> _starts = [];
    private char[] _run = new char[ShortRun];
    private string _text = "";
    private int _length;
    private int _position;
    private int _range;
    private int _nextGram;
    private Range _current;
    private bool _isChinese;
    private CharacterClass _before;

    /// <summary>Current word; valid until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<char> Current => _run.AsSpan(_current);

    /// <summary>Starts at the beginning of a text.</summary>
    public void Start(string text)
    {
        _text = text;
        _position = 0;
        ClearGrams();
        _before = CharacterClass.Separator;
        _isChinese = !HasKana(text);
    }

    public bool MoveNext()
    {
        while (!TryNextGram())
        {
            ClearGrams();
            if (_position >= _text.Length)
            {
                return false;
            }

            ReadRun();
        }

        return true;
    }

    private bool TryNextGram()
    {
        for (; _range < _grams.Count; _range++, _nextGram = 0)
        {
            (int first, int end, int size) = _grams[_range];
            int start = first + _nextGram;

            // If the range is shorter than a group, all of it is one word.
            if (_nextGram == 0 || start + size <= end)
            {
                int after = Math.Min(start + size, end);
                _current = _starts[start]..(after < _starts.Count ? _starts[after] : _length);
                _nextGram++;
                return true;
            }
        }

        return false;
    }

    private void ClearGrams()
    {
        _grams.Clear();
        _range = 0;
        _nextGram = 0;
    }

    /// <summary>Reads the next run of characters of one class and splits it into words.</summary>
    private void ReadRun()
    {
        Rune first = Next(out int length);
        CharacterClass kind = CharacterClasses.Of(first);
        if (kind is CharacterClass.Separator or CharacterClass.Ignored || IsFunctionCharacter(kind, first))
        {
            _position += length;
            _before = kind == CharacterClass.Ignored ? _before : CharacterClass.Separator;
            return;
        }

        _length = 0;
        _starts.Clear();
        while (_position < _text.Length)
        {
            Rune rune = Next(out length);
            CharacterClass next = CharacterClasses.Of(rune);
            if (next == CharacterClass.Ignored)
            {
                _position += length;
                continue;
            }

            if (!Continues(kind, next, rune))
            {
                break;
            }

            Append(next == CharacterClass.Separator ? new Rune('\'') : rune);
            _position += length;
        }

        Split(kind);
        _before = kind;
    }

    private bool Continues(CharacterClass kind, CharacterClass next, Rune rune)
    {
        if (next == CharacterClass.Separator)
        {
            return kind == CharacterClass.Letter && IsInnerApostrophe(rune);
        }

        if (rune.Value is ProlongedSound && kind == CharacterClass.Hiragana)
        {
            return true;
        }

        return next == kind ? !IsFunctionCharacter(kind, rune) : next == CharacterClass.Letter && CharacterClasses.IsMark(rune);
    }

    private bool IsFunctionCharacter(CharacterClass kind, Rune rune) =>
        kind == CharacterClass.Han && _isChinese && rune.IsBmp
        && ChineseFunctionCharacters.Contains((char)rune.Value, StringComparison.Ordinal);

    /// <summary>Returns whether a character is an apostrophe between two letters that are not Latin, as in Ukrainian.</summary>
    private bool IsInnerApostrophe(Rune rune)
    {
        int after = _position + rune.Utf16SequenceLength;
        return rune.Value is '\'' or 0x2019 or 0x02BC && _length > 0 && _run[_length - 1] >= FirstGreek && after < _text.Length
            && _text[after] is >= FirstGreek and < (char)0x2000;
    }

    private void Append(Rune rune)
    {
        if (_length > 0
            && (Composition.TryCompose(_run[_length - 1], rune.Value, out char composed)
                || Composition.TryComposeHangul(_run[_length - 1], rune.Value, out composed)))
        {
            _run[_length - 1] = composed;
            return;
        }

        _starts.Add(_length);
        Rune written = !lowercase ? rune
            : rune.Value == FinalSigma.Capital ? new Rune(FinalSigma.Lower(_text, _position))
            : Rune.ToLowerInvariant(rune);
        if (_length + 2 > _run.Length)
        {
            Array.Resize(ref _run, 2 * _run.Length);
        }

        _length += written.EncodeToUtf16(_run.AsSpan(_length));
    }

    private void Split(CharacterClass kind)
    {
        switch (kind)
        {
            case CharacterClass.Han:
                AddGrams(0, _starts.Count, size: 2);
                break;
            case CharacterClass.Hiragana when _before is CharacterClass.Han or CharacterClass.Katakana:
                break;
            case CharacterClass.Hiragana when _starts.Count >= 2:
                AddGrams(0, _starts.Count, size: 2);
                break;
            case CharacterClass.Unspaced:
                SplitUnspaced();
                break;
            case CharacterClass.Hangul:
            case CharacterClass.Letter or CharacterClass.Katakana when _starts.Count >= 2:
                AddGrams(0, _starts.Count, _starts.Count);
                break;
            default:
                break;
        }
    }

    /// <summary>Adds overlapping groups of characters, or one word of all if they are no more than a group.</summary>
    private void AddGrams(int first, int end, int size) => _grams.Add((first, end, size));

    private void SplitUnspaced()
    {
        CharacterGroups.Keep(_run.AsSpan(0, _length), _starts);
        int pending = 0;
        for (int start = 0; start < _starts.Count;)
        {
            int words = UnspacedLexicon.Match(_run.AsSpan(0, _length), CollectionsMarshal.AsSpan(_starts), start);
            if (words == 0)
            {
                start++;
                continue;
            }

            AddUnspaced(pending, start);
            AddGrams(start, start + words, words);
            start += words;
            pending = start;
        }

        AddUnspaced(pending, _starts.Count);
    }

    private void AddUnspaced(int first, int end)
    {
        if (end > first)
        {
            AddGrams(first, end, end - first <= LongestUnsplit ? LongestUnsplit : UnspacedGram);
        }
    }

    private Rune Next(out int length)
    {
        Rune.DecodeFromUtf16(_text.AsSpan(_position), out Rune rune, out length);
        return rune;
    }

    private static bool HasKana(string text) => text.AsSpan().IndexOfAnyInRange((char)0x3041, (char)0x30FF) >= 0;

    private const int ProlongedSound = 0x30FC;
    private const char FirstGreek = (char)0x0370;
}
