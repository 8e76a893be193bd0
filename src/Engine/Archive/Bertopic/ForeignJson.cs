using System.Globalization;
using System.Text.Json;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A value in a JSON file of another program. Error messages name the file and the path of the value.</summary>
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

    /// <summary>Path of the value. Lists are long, so the path is built only for an error or a member.</summary>
    private string Place => _index < 0 ? _parent : string.Create(CultureInfo.InvariantCulture, $"{_parent}[{_index}]");

    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    /// <exception cref="InvalidDataException">The text is not valid JSON or has too many values.</exception>
    public static ForeignJson Parse(string file, ReadOnlyMemory<byte> content)
    {
        try
        {
            CheckTokens(file, content.Span);
            return new ForeignJson(file, "", JsonElement.Parse(content.Span));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} is not valid JSON: {error.Message}", error);
        }
    }

    public static ForeignJson Read(ForeignFolder folder, string file) =>
        Parse(file, folder.ReadBytes(file, ForeignFolder.MaxJsonBytes));

    /// <summary>Returns a required field.</summary>
    public ForeignJson Member(string name) => TryMember(name) ?? throw new InvalidDataException($"{_file}: {Below(name)} is missing.");

    /// <summary>Returns a field that older releases did not write; null if it is missing.</summary>
    public ForeignJson? TryMember(string name)
    {
        RequireKind(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out JsonElement value) ? new ForeignJson(_file, Below(name), value) : null;
    }

    /// <summary>Returns a field as <see cref="TryMember"/>, but a JSON null counts as missing.</summary>
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

    /// <summary>Reads a whole number between two inclusive limits.</summary>
    public int Whole(int least, int most) =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out int value) && value >= least && value <= most
        ? value
        : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>Returns the error for an invalid value.</summary>
    public InvalidDataException Wrong(string expected) => new($"{_file}: {(Place.Length == 0 ? "the file" : Place)} must be {expected}.");

    private string Below(string name) => Place.Length == 0 ? name : $"{Place}.{name}";

    /// <summary>Counts the tokens before the parser allocates 12 bytes for each.</summary>
    private static void CheckTokens(string file, ReadOnlySpan<byte> content)
    {
        Utf8JsonReader reader = new(content);
        for (int tokens = 0; reader.Read(); tokens++)
        {
            if (tokens == MaxTokens)
            {
                throw new InvalidDataException($"{file} has more than {MaxTokens} values, the limit of a JSON file.");
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
            // The text escapes half of a surrogate pair.
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
