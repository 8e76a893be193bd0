using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Word characters of Python's <c>\w</c>: letters, all three kinds of numbers and the low line, but no combining marks and
/// no other connectors. .NET's <c>\w</c> differs.
/// </summary>
internal static class WordCharacters
{
    private static readonly bool[] Ascii = CreateAscii();

    public static bool IsAsciiWord(char value) => value < 128 && Ascii[value];

    public static bool IsWord(Rune value) => value.IsAscii
        ? Ascii[value.Value]
        : Rune.GetUnicodeCategory(value) is UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber;

    private static bool[] CreateAscii()
    {
        bool[] table = new bool[128];
        for (char c = (char)0; c < 128; c++)
        {
            table[c] = char.IsAsciiLetterOrDigit(c) || c == '_';
        }

        return table;
    }
}
