using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Onnx.Tests.Tokens;

/// <summary>
/// Oracle: the steps of the Hugging Face tokenizer, each over the whole text, with the runtime's Unicode categories and
/// Microsoft.ML.Tokenizers' WordPiece. Correct for characters whose category has not changed since Unicode 8.
/// </summary>
internal static partial class ScalarOracle
{
    private static readonly WordPieceTokenizer Pieces = WordPieceTokenizer.Create(
        Path.Combine(EncoderDirectory.FindDefault(), "vocab.txt"), new WordPieceOptions { MaxInputCharsPerWord = 1000 });

    public static long[] Ids(string text, int max)
    {
        List<long> ids = [];
        foreach (string segment in SpecialToken().Split(text))
        {
            if (SpecialToken().IsMatch(segment))
            {
                ids.AddRange(PiecesOf(segment));
                continue;
            }

            foreach (string word in Words(StripAndLower(SpaceIdeographs(Clean(segment)))))
            {
                ids.AddRange(PiecesOf(word.EnumerateRunes().Count() > 100 ? "[UNK]" : word));
            }
        }

        return [101, .. ids.Take(max - 2), 102];
    }

    private static IEnumerable<long> PiecesOf(string word) =>
        Pieces.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false).Select(static id => (long)id);

    private static string Clean(string text)
    {
        StringBuilder cleaned = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool control = rune.Value is not ('\t' or '\n' or '\r')
                && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
            // Hugging Face has only the two ends of the private-use area.
            if (!control && rune.Value is not (0 or 0xFFFD or 0xE000 or 0xF8FF))
            {
                cleaned.Append(Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune);
            }
        }

        return cleaned.ToString();
    }

    private static string SpaceIdeographs(string text)
    {
        StringBuilder spaced = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool ideograph = rune.Value is (>= 0x4E00 and <= 0x9FFF)
                or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x20000 and <= 0x2A6DF)
                or (>= 0xF900 and <= 0xFAFF);
            spaced.Append(ideograph ? $" {rune} " : rune.ToString());
        }

        return spaced.ToString();
    }

    private static string StripAndLower(string text)
    {
        StringBuilder lower = new();
        int[] bases = new int[3];
        foreach (Rune rune in text.EnumerateRunes())
        {
            int count = CanonicalBases.Decompose(rune.Value, bases);
            foreach (Rune part in bases.Take(count).Select(static value => new Rune(value)))
            {
                if (Rune.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                {
                    lower.Append(Rune.ToLowerInvariant(part));
                }
            }
        }

        return lower.ToString();
    }

    private static string[] Words(string text)
    {
        StringBuilder spaced = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool asciiSymbol = rune.IsAscii && (Rune.IsPunctuation(rune) || Rune.IsSymbol(rune));
            spaced.Append(asciiSymbol || Rune.IsPunctuation(rune) ? $" {rune} " : rune.ToString());
        }

        return spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"(\[(?:PAD|UNK|CLS|SEP|MASK)\])")]
    private static partial Regex SpecialToken();
}
