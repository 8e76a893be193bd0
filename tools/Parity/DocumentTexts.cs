using System.IO.Compression;
using System.Text.Json;

namespace TopicGrpc.Parity;

/// <summary>Reads the texts of a JSON-lines file, compressed or not.</summary>
internal static class DocumentTexts
{
    public static RecordedTexts Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(stream);
        List<string> texts = [];
        List<JsonElement> lines = [];
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            lines.Add(json.RootElement.Clone());
            texts.Add(json.RootElement.GetProperty("text").GetString()!);
        }

        return new RecordedTexts(texts, lines);
    }
}
