namespace TopicGrpc.Engine.Words;

/// <summary>Built-in stop word lists.</summary>
public static class StopWords
{
    /// <summary>The 318 English stop words of scikit-learn, including its historical spellings.</summary>
    public static IReadOnlyCollection<string> English { get; } = Read();

    private static HashSet<string> Read()
    {
        using Stream stream = typeof(StopWords).Assembly.GetManifestResourceStream("stopwords-en.txt")!;
        using StreamReader reader = new(stream);
        const StringSplitOptions split = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return new HashSet<string>(reader.ReadToEnd().Split('\n', split), StringComparer.Ordinal);
    }
}
