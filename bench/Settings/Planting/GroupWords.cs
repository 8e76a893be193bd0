using System.Reflection;

namespace TopicGrpc.Settings.Planting;

/// <summary>The vocabulary of one group of documents.</summary>
/// <param name="Name">Name of the group, the class of its documents.</param>
/// <param name="Words">Words and phrases that its documents use.</param>
internal sealed record GroupWords(string Name, string[] Words)
{
    /// <summary>Reads the groups of an embedded file: one line per group, <c>name: word, word, …</c>.</summary>
    public static GroupWords[] ReadAll(string file) => [.. Lines(file).Select(Parse)];

    /// <summary>Returns the lines of an embedded file.</summary>
    public static IReadOnlyList<string> Lines(string file)
    {
        using Stream content = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded in this program.");
        using StreamReader reader = new(content);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static GroupWords Parse(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return new GroupWords(line[..colon], line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries));
    }
}
