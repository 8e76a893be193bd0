using System.Collections;
using System.Text.Json;

namespace TopicGrpc.Parity;

/// <summary>The texts of a corpus in order, with their other fields by name.</summary>
internal sealed class RecordedTexts(IReadOnlyList<string> texts, IReadOnlyList<JsonElement> lines) : IReadOnlyList<string>
{
    public int Count => texts.Count;

    public string this[int index] => texts[index];

    /// <summary>Returns the values of a field as text; null if the corpus does not have the field.</summary>
    public string[]? Field(string name) => lines.Count > 0 && lines[0].TryGetProperty(name, out _)
        ? [.. lines.Select(line => line.GetProperty(name).ToString())]
        : null;

    public IEnumerator<string> GetEnumerator() => texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
