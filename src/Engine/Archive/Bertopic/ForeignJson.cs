using System.Globalization;
using System.Text.Json;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A value in a JSON file that others wrote. Whatever is not as expected is said with file and place.</summary>
internal readonly struct ForeignJson
{
    private const int MaxTokens = 5_000_000;

    private readonly string _file;
    private readonly string _parent;
    private readonly int _index;

    private ForeignJson(string file, string parent, JsonElement element, int index = -1)
    {
        _file = file;
        _parent = parent;
        _index = index;
        Element = element;
    }

    public JsonElement Element { get; }

    /// <summary>Path of the value. Lists are long, so the text is made only when an error or a member needs it.</summary>
    private string Place => _index < 0 ? _parent : string.Create(CultureInfo.InvariantCulture, $"{_parent}[{_index}]");

    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    /// <exception cref="InvalidDataException">The text is no JSON, or has too many values.</exception>
    public static ForeignJson Parse(string file, ReadOnlyMemory<byte> content)
    {
        try
        {
            CheckTokens(file, content.Span);
            return new ForeignJson(file, "", JsonElement.Parse(content.Span));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} holds no JSON: {error.Message}", error);
        }
    }

    public static ForeignJson Read(string directory, string file) => Parse(file, ForeignFile.ReadBytes(directory, file, ForeignFile.MaxJsonBytes));

    /// <summary>A field that must be there.</summary>
    public ForeignJson Member(string name) => TryMember(name) ?? throw new InvalidDataException($"{_file}: {Below(name)} is missing.");

    /// <summary>A field that older releases did not write; null where it is missing.</summary>
    public ForeignJson? TryMember(string name)
    {
        RequireKind(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out JsonElement value) ? new ForeignJson(_file, Below(name), value) : null;
    }

    /// <summary>As <see cref="TryMember"/>, but a field with null counts as missing.</summary>
    public ForeignJson? TryValue(string name) => TryMember(name) is { IsNull: false } value ? value : null;

    public IEnumerable<(string Name, ForeignJson Value)> Members()
    {
        RequireKind(JsonValueKind.Object, "an object");
        ForeignJson self = this;
        return Element.EnumerateObject().Select(
            member => (member.Name, new ForeignJson(self._file, self.Below(member.Name), member.Value)));
    }

    public IEnumerable<ForeignJson> Items()
    {
        RequireKind(JsonValueKind.Array, "a list");
        string file = _file;
        string place = Place;
        return Element.EnumerateArray().Select((item, index) => new ForeignJson(file, place, item, index));
    }

    public string Text() => Element.ValueKind == JsonValueKind.String ? Decoded() : throw Wrong("a text");

    public bool Boolean() =>
        Element.ValueKind is JsonValueKind.True or JsonValueKind.False ? Element.GetBoolean() : throw Wrong("true or false");

    public double Number() => Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out double value) && double.IsFinite(value)
        ? value
        : throw Wrong("a finite number");

    /// <summary>A whole number within limits.</summary>
    public int Whole(int least, int most) =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out int value) && value >= least && value <= most
        ? value
        : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>The error that this value is not what the format asks for.</summary>
    public InvalidDataException Wrong(string expected) => new($"{_file}: {(Place.Length == 0 ? "the file" : Place)} is not {expected}.");

    private string Below(string name) => Place.Length == 0 ? name : $"{Place}.{name}";

    /// <summary>Counts the tokens before anything is allocated for them: the parser needs 12 bytes for each.</summary>
    private static void CheckTokens(string file, ReadOnlySpan<byte> content)
    {
        Utf8JsonReader reader = new(content);
        for (int tokens = 0; reader.Read(); tokens++)
        {
            if (tokens == MaxTokens)
            {
                throw new InvalidDataException($"{file} has more than {MaxTokens} values; at most as many are read.");
            }
        }
    }

    private string Decoded()
    {
        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape that names half a surrogate pair.
            throw Wrong("valid Unicode text");
        }
    }

    private void RequireKind(JsonValueKind kind, string expected)
    {
        if (Element.ValueKind != kind)
        {
            throw Wrong(expected);
        }
    }
}
