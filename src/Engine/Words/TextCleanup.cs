namespace TopicGrpc.Engine.Words;

/// <summary>
/// BERTopic's preprocessing of a text before words are counted: line breaks and tabs become spaces; with
/// <c>language="english"</c>, all characters but ASCII letters, digits and spaces are removed.
/// </summary>
internal static class TextCleanup
{
    /// <summary>Word that BERTopic counts for an empty text.</summary>
    public const string EmptyText = "emptydoc";

    public static string KeepAscii(string text)
    {
        char[] kept = new char[text.Length];
        int count = 0;
        foreach (char c in text)
        {
            char value = c is '\n' or '\t' ? ' ' : c;
            if (char.IsAsciiLetterOrDigit(value) || value == ' ')
            {
                kept[count++] = value;
            }
        }

        return new string(kept, 0, count);
    }
}
