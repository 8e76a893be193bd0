namespace TopicGrpc.Engine.Words;

/// <summary>Built-in lists of stop words.</summary>
public static class StopWords
{
    /// <summary>The 318 English stop words of scikit-learn, its historical spellings included.</summary>
    public static IReadOnlyCollection<string> English { get; } = Read();

    private static HashSet<string> Read()
    {
        using Stream stream = typeof(StopWords).Assembly.GetManifestResourceStream("stopwords-en.txt")!;
        using StreamReader reader = new(stream);
        return new HashSet<string>(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal);
    }
}
