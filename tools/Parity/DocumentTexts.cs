using System.IO.Compression;
using System.Text.Json;

namespace TopicGrpc.Parity;

/// <summary>Reader of the texts of a JSON Lines file, optionally compressed (.gz).</summary>
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
