using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Classes of characters, by general category and script range of Unicode.</summary>
internal static class CharacterClasses
{
    public static CharacterClass Of(Rune rune)
    {
        if (rune.IsAscii)
        {
            return WordCharacters.IsAsciiWord((char)rune.Value) ? CharacterClass.Letter : CharacterClass.Separator;
        }

        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        int value = rune.Value;
        if (IsIgnored(value))
        {
            return CharacterClass.Ignored;
        }

        return category switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
                IsUnspaced(value) ? CharacterClass.Unspaced : CharacterClass.Letter,
            _ when !WordCharacters.IsWord(rune) => CharacterClass.Separator,
            UnicodeCategory.DecimalDigitNumber => CharacterClass.Letter,
            _ => OfLetter(value),
        };
    }

    /// <summary>Returns whether a character combines with the one before it.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static CharacterClass OfLetter(int value) => value switch
    {
        >= 0x3041 and <= 0x309F => CharacterClass.Hiragana,
        (>= 0x30A0 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F) => CharacterClass.Katakana,
        0x3005 or 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0x20000 and <= 0x3FFFF) => CharacterClass.Han,
        (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) =>
            CharacterClass.Hangul,
        _ when IsUnspaced(value) => CharacterClass.Unspaced,
        _ => CharacterClass.Letter,
    };

    private static bool IsUnspaced(int value) =>
        value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0xAA60 and <= 0xAA7F);

    /// <summary>
    /// Soft hyphen, tatweel, vowel signs of Arabic and Hebrew, joiners and variation selectors: the same word is written with and
    /// without them.
    /// </summary>
    private static bool IsIgnored(int value) => value
        is 0x00AD or 0x0640 or 0x0670
        or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or (>= 0x06D6 and <= 0x06DC) or (>= 0x06DF and <= 0x06E4)
        or (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7
        or 0x200C or 0x200D or 0x2060 or 0xFEFF or (>= 0xFE00 and <= 0xFE0F);
}
