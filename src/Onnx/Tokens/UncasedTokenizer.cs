using System.Buffers;
using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>
/// Tokenizer of uncased BERT with the same ids as Hugging Face (BertNormalizer, BertPreTokenizer, WordPiece, and special
/// tokens matched in the raw text). Makes one pass over the text and stops at the limit. Thread-safe.
/// </summary>
internal sealed class UncasedTokenizer
{
    private static readonly SearchValues<char> Blank =
        BasicPlane(static c => CharacterKinds.Of(c) is CharacterKind.Removed or CharacterKind.Space);

    private static readonly SearchValues<char> WithinWord =
        BasicPlane(static c => CharacterKinds.Of(c) is CharacterKind.Removed
            || (CharacterKinds.Of(c) is CharacterKind.Letter && !HasPunctuation(c)));

    private readonly WordPieces _pieces;
    private readonly SpecialTokens _special;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="vocabulary">UTF-8 text with one piece per line; the id of a piece is its line number from 0.</param>
    /// <exception cref="InvalidDataException">A special token is not in the vocabulary.</exception>
    public UncasedTokenizer(Stream vocabulary)
    {
        _pieces = new WordPieces(vocabulary);
        _special = new SpecialTokens(_pieces);
    }

    /// <summary>Tokenizes a text: <c>[CLS]</c>, the ids of the text, <c>[SEP]</c>.</summary>
    /// <param name="text">Text; unpaired surrogates are removed.</param>
    /// <param name="ids">Receives the ids; its length is the limit, 2 or more.</param>
    /// <returns>The number of ids, and whether the text was truncated.</returns>
    public TokenIds Encode(ReadOnlySpan<char> text, Span<long> ids)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ids.Length, 2);
        ids[0] = _special.Cls;
        scoped TokenSink sink = new(ids[1..^1]);
        scoped WordBuffer word = new(stackalloc char[WordBuffer.Capacity]);
        int position = 0;
        while (position < text.Length && !sink.Truncated)
        {
            position += SkipRun(text[position..], in word);
            if (position < text.Length)
            {
                position += ReadCharacter(text[position..], ref word, ref sink);
            }
        }

        EndWord(ref word, ref sink);
        ids[sink.Count + 1] = _special.Sep;
        return new TokenIds(sink.Count + 2, sink.Truncated);
    }

    /// <summary>Returns whether a tokenized text consists of unknown words only, or of nothing.</summary>
    /// <param name="ids">Ids as <see cref="Encode"/> writes them, with the special tokens at both ends.</param>
    public bool IsUnknown(ReadOnlySpan<long> ids) => !ids[1..^1].ContainsAnyExcept(_special.Unk);

    /// <summary>
    /// Returns the length of the run that has no effect: blanks between words, and further letters of a word that is too
    /// long.
    /// </summary>
    private static int SkipRun(ReadOnlySpan<char> rest, in WordBuffer word)
    {
        if (!word.IsEmpty && !word.IsTooLong)
        {
            return 0;
        }

        SearchValues<char> skipped = word.IsEmpty ? Blank : WithinWord;
        int position = 0;
        while (position < rest.Length)
        {
            int run = char.IsSurrogate(rest[position])
                ? SkipPair(rest[position..], word.IsTooLong)
                : rest[position..].IndexOfAnyExcept(skipped);
            if (run == 0)
            {
                return position;
            }

            position += run < 0 ? rest.Length - position : run;
        }

        return position;
    }

    /// <summary>Returns the length of a supplementary code point or unpaired surrogate that has no effect; otherwise 0.</summary>
    private static int SkipPair(ReadOnlySpan<char> rest, bool withinWord)
    {
        if (Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) != OperationStatus.Done)
        {
            return consumed;
        }

        // No supplementary letter decomposes to punctuation, so none ends the word.
        CharacterKind kind = CharacterKinds.Of(rune.Value);
        return kind == CharacterKind.Removed || (withinWord && kind == CharacterKind.Letter) ? consumed : 0;
    }

    private int ReadCharacter(ReadOnlySpan<char> rest, ref WordBuffer word, ref TokenSink sink)
    {
        char first = rest[0];
        if (char.IsAsciiLetterOrDigit(first))
        {
            word.Add(char.IsAsciiLetterUpper(first) ? first | 0x20 : first);
            return 1;
        }

        if (first == '[' && _special.TryMatch(rest, out int id, out int length))
        {
            EndWord(ref word, ref sink);
            sink.Add(id);
            return length;
        }

        if (!char.IsSurrogate(first))
        {
            ReadRune(first, ref word, ref sink);
            return 1;
        }

        if (Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) == OperationStatus.Done)
        {
            ReadRune(rune.Value, ref word, ref sink);
        }

        return consumed;
    }

    private void ReadRune(int codePoint, ref WordBuffer word, ref TokenSink sink)
    {
        CharacterKind kind = CharacterKinds.Of(codePoint);
        switch (kind)
        {
            case CharacterKind.Removed:
                return;
            case CharacterKind.Space:
                EndWord(ref word, ref sink);
                return;
            case CharacterKind.Punctuation:
                AddWordOfOne(codePoint, ref word, ref sink);
                return;
            case CharacterKind.Ideograph:
                EndWord(ref word, ref sink);
                AddBases(codePoint, ref word, ref sink);
                EndWord(ref word, ref sink);
                return;
            default:
                AddBases(codePoint, ref word, ref sink);
                return;
        }
    }

    private void AddBases(int codePoint, ref WordBuffer word, ref TokenSink sink)
    {
        Span<int> bases = stackalloc int[3];
        int count = CanonicalBases.Decompose(codePoint, bases);
        foreach (int part in bases[..count])
        {
            // A letter can decompose to punctuation: U+2260 (≠) is an equals sign with a stroke.
            if (CharacterKinds.Of(part) == CharacterKind.Punctuation)
            {
                AddWordOfOne(part, ref word, ref sink);
            }
            else
            {
                word.Add(Rune.ToLowerInvariant(new Rune(part)).Value);
            }
        }
    }

    private void AddWordOfOne(int codePoint, ref WordBuffer word, ref TokenSink sink)
    {
        EndWord(ref word, ref sink);
        word.Add(codePoint);
        EndWord(ref word, ref sink);
    }

    private void EndWord(ref WordBuffer word, ref TokenSink sink)
    {
        if (word.IsEmpty)
        {
            return;
        }

        Span<int> ids = stackalloc int[WordBuffer.Capacity];
        int count = word.IsTooLong ? 0 : _pieces.Cut(word.Text, ids);
        if (count == 0)
        {
            sink.Add(_special.Unk);
        }

        foreach (int id in ids[..count])
        {
            sink.Add(id);
        }

        word.Clear();
    }

    private static SearchValues<char> BasicPlane(Func<int, bool> belongs) =>
        SearchValues.Create(
            [.. Enumerable.Range(0, 0x10000).Where(c => !char.IsSurrogate((char)c) && belongs(c)).Select(static c => (char)c)]);

    private static bool HasPunctuation(int codePoint)
    {
        Span<int> bases = stackalloc int[3];
        foreach (int part in bases[..CanonicalBases.Decompose(codePoint, bases)])
        {
            if (CharacterKinds.Of(part) == CharacterKind.Punctuation)
            {
                return true;
            }
        }

        return false;
    }
}
