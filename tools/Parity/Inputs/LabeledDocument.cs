using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Parity.Inputs;

/// <summary>A document with its class.</summary>
/// <param name="Document">Document; its id is its line number, because 20 Newsgroups repeats ids across its splits.</param>
/// <param name="Split">Split, <c>train</c> or <c>test</c>; null if the file does not have the field.</param>
/// <param name="Label">Class; null if the file does not have the field.</param>
internal sealed record LabeledDocument(Document Document, string? Split, string? Label)
{
    /// <summary>
    /// Reads a JSON Lines file with <c>text</c> and, optionally, <c>split</c> and <c>label</c>; compressed if its name ends
    /// with <c>.gz</c>.
    /// </summary>
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
            documents.Add(
                new LabeledDocument(new Document(id, Field(json, "text") ?? string.Empty), Field(json, "split"), Field(json, "label")));
        }

        return documents;
    }

    private static string? Field(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
