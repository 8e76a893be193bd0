using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Context-dependent lowercase of the capital sigma: ς at the end of a word, σ elsewhere. Rule: Unicode standard, section
/// 3.13, condition Final_Sigma, as in Python's <c>str.lower</c>.
/// </summary>
internal static class FinalSigma
{
    public const char Capital = '\u03A3';
    private const char Final = '\u03C2';
    private const char Medial = '\u03C3';

    public static char Lower(ReadOnlySpan<char> text, int position) =>
        EndsWithCased(text[..position]) && !StartsWithCased(text[(position + 1)..]) ? Final : Medial;

    private static bool EndsWithCased(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeLastFromUtf16(text, out Rune rune, out int length);
            if (!IsCaseIgnorable(rune))
            {
                return IsCased(rune);
            }

            text = text[..^length];
        }

        return false;
    }

    private static bool StartsWithCased(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out Rune rune, out int length);
            if (!IsCaseIgnorable(rune))
            {
                return IsCased(rune);
            }

            text = text[length..];
        }

        return false;
    }

    /// <summary>Returns the Unicode property Cased: letters of all three cases, and the symbols and numbers that have case.</summary>
    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149)
            or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    /// <summary>Returns the Unicode property Case_Ignorable: marks, format characters, modifiers, and punctuation within words.</summary>
    private static bool IsCaseIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027
            or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;
}
