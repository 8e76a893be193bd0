using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Parity.Inputs;

/// <summary>A document of a corpus that says which class it is of.</summary>
/// <param name="Document">The document; its id is its line number, because 20 Newsgroups repeats ids between its two splits.</param>
/// <param name="Split"><c>train</c> or <c>test</c>; null where the file has no such field.</param>
/// <param name="Label">Class; null where the file has no such field.</param>
internal sealed record LabeledDocument(Document Document, string? Split, string? Label)
{
    /// <summary>Reads a JSON-lines file with <c>text</c> and, where there, <c>split</c> and <c>label</c>; compressed if it ends in <c>.gz</c>.</summary>
    public static IReadOnlyList<LabeledDocument> ReadAll(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(content);
        List<LabeledDocument> documents = [];
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            string id = documents.Count.ToString("D8", CultureInfo.InvariantCulture);
            documents.Add(new LabeledDocument(new Document(id, Field(json, "text") ?? string.Empty), Field(json, "split"), Field(json, "label")));
        }

        return documents;
    }

    private static string? Field(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
