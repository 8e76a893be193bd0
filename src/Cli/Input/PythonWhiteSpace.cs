namespace TopicGrpc.Cli.Input;

/// <summary>White space of Python's <c>str.strip()</c>: .NET's white space and the separators U+001C to U+001F.</summary>
internal static class PythonWhiteSpace
{
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && Is(text[start]))
        {
            start++;
        }

        int end = text.Length;
        while (end > start && Is(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool Is(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';
}
