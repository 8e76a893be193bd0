namespace TopicGrpc.Engine.Words;

/// <summary>
/// BERTopic's preprocessing of a text before words are counted: line breaks and tabs become spaces; with
/// <c>language="english"</c>, all characters but ASCII letters, digits and spaces are removed.
/// </summary>
internal static class TextCleanup
{
    /// <summary>Word that BERTopic counts for an empty text.</summary>
    public const string EmptyText = "emptydoc";

    private const char Removed = '\0';

    public static string KeepAscii(string text)
    {
        int kept = 0;
        bool changes = false;
        foreach (char c in text)
        {
            char value = Cleaned(c);
            kept += value == Removed ? 0 : 1;
            changes |= value != c;
        }

        return kept == text.Length && !changes ? text : string.Create(kept, text, static (target, text) =>
        {
            int count = 0;
            foreach (char c in text)
            {
                char value = Cleaned(c);
                if (value != Removed)
                {
                    target[count++] = value;
                }
            }
        });
    }

    private static char Cleaned(char value) => value switch
    {
        '\n' or '\t' => ' ',
        ' ' => value,
        _ => char.IsAsciiLetterOrDigit(value) ? value : Removed,
    };
}
