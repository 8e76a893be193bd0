using System.IO.Compression;
using System.Text.Json;

namespace TopicGrpc.Parity;

/// <summary>Reads the texts of a JSON-lines file, compressed or not.</summary>
internal static class DocumentTexts
{
    public static IReadOnlyList<string> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(stream);
        List<string> texts = [];
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            texts.Add(json.RootElement.GetProperty("text").GetString()!);
        }

        return texts;
    }
}
