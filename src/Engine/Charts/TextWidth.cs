using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Approximate text width without a font: widths of Verdana, the widest likely fallback font, rounded by groups of letters.
/// Narrower fonts are never clipped.
/// </summary>
internal static class TextWidth
{
    /// <summary>Returns the width in pixels.</summary>
    public static double Of(string text, double size)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Advance(rune);
        }

        return width * size;
    }

    /// <summary>Returns the text, or its longest prefix with an ellipsis that fits <paramref name="width"/>.</summary>
    public static string Fit(string text, double size, double width)
    {
        // Tolerance: a text whose size was chosen to fit must not lose a letter to rounding.
        width += 0.01;
        if (Of(text, size) <= width)
        {
            return text;
        }

        int length = text.Length - 1;
        while (length > 1 && Of(SvgText.Cut(text, length, "…"), size) > width)
        {
            length--;
        }

        return SvgText.Cut(text, length, "…");
    }

    private static double Advance(Rune rune)
    {
        if (rune.Value < 128)
        {
            return (char)rune.Value switch
            {
                'i' or 'j' or 'l' or '\'' or ' ' or '.' or ',' => 0.36,
                'f' or 't' or 'r' or 'I' or '(' or ')' or '[' or ']' or '|' or '-' or '/' or ':' or ';' or '!' => 0.46,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 1.0,
                >= 'A' and <= 'Z' or '&' or '<' or '>' or '=' or '+' => 0.79,
                _ => 0.63,
            };
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ when rune.Value < 0x1100 => 0.72,
            _ => 1.0,
        };
    }
}
