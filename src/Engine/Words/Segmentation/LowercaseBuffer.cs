namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Memory for one lowercase word. It grows to the longest word, not to the text. Not thread-safe.</summary>
internal sealed class LowercaseBuffer
{
    private const int ShortWord = 64;

    private char[] _letters = new char[ShortWord];

    /// <summary>Returns the memory, with room for a number of characters; what it has is kept.</summary>
    public Span<char> Of(int length)
    {
        if (length > _letters.Length)
        {
            Array.Resize(ref _letters, Math.Max(length, 2 * _letters.Length));
        }

        return _letters;
    }
}
