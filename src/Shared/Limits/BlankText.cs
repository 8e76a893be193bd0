using System.Globalization;
using System.Text;

namespace TopicGrpc.Shared.Limits;

/// <summary>Texts without a visible character.</summary>
public static class BlankText
{
    /// <summary>Returns whether a text has only white space, control characters and invisible characters such as U+200B.</summary>
    /// <param name="text">Text.</param>
    /// <returns>True for a text that has nothing to read.</returns>
    public static bool IsBlank(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                return false;
            }
        }

        return true;
    }
}
