using System.IO.Compression;
using System.Text.Json;

namespace TopicGrpc.Embedding;

/// <summary>Reader of the texts of a JSON Lines file.</summary>
internal static class DocumentFile
{
    /// <summary>Reads at most <paramref name="limit"/> texts, evenly spaced, so that their lengths represent the file.</summary>
    public static string[] ReadTexts(FileInfo file, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        using FileStream stream = file.OpenRead();
        using Stream content = file.Extension == ".gz" ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using StreamReader lines = new(content);
        List<string> all = [];
        while (lines.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            all.Add(document.RootElement.GetProperty("text").GetString() ?? throw new InvalidDataException("A document has no text."));
        }

        int count = Math.Min(limit, all.Count);
        string[] texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = all[(int)((long)i * all.Count / count)];
        }

        return texts;
    }
}
