namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Reader of embedded word lists: words separated by white space; lines that start with <c>#</c> are comments.</summary>
internal static class WordList
{
    public static IEnumerable<string> Read(string name)
    {
        using Stream stream = typeof(WordList).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return word;
            }
        }
    }
}
