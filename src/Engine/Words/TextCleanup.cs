namespace TopicGrpc.Engine.Words;

/// <summary>
/// What BERTopic does to a text before words are counted. Line breaks and tabs become spaces, which changes no word;
/// with <c>language="english"</c> everything but ASCII letters, digits and spaces is deleted after that.
/// </summary>
internal static class TextCleanup
{
    /// <summary>Word counted for a topic without any text.</summary>
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
