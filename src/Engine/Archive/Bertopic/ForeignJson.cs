using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// A value in a JSON file of another program. It is a range of the file's bytes and is decoded when it is read, because a tree of the
/// values would take several times the memory of the file. Error messages name the file and the path of the value.
/// </summary>
internal readonly struct ForeignJson
{
    /// <summary>Longest text, in bytes of the file: the longest text of a document, which may be a single word.</summary>
    private const int MaxTextBytes = 1 << 20;

    private readonly string _file;
    private readonly string _parent;
    private readonly int _index;
    private readonly ReadOnlyMemory<byte> _json;
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? _members;

    private ForeignJson(string file, string parent, ReadOnlyMemory<byte> json, int index = -1)
    {
        _file = file;
        _parent = parent;
        _index = index;
        _json = json;
    }

    private ForeignJson(string file, ForeignJsonScan scan)
        : this(file, "", scan.Root) => _members = scan.Members;

    public JsonValueKind Kind => (char)_json.Span[0] switch
    {
        '{' => JsonValueKind.Object,
        '[' => JsonValueKind.Array,
        '"' => JsonValueKind.String,
        't' => JsonValueKind.True,
        'f' => JsonValueKind.False,
        'n' => JsonValueKind.Null,
        _ => JsonValueKind.Number,
    };

    public bool IsNull => Kind == JsonValueKind.Null;

    /// <summary>Length of the value in the file, in bytes.</summary>
    public int Bytes => _json.Length;

    /// <summary>Path of the value. Lists are long, so the path is built only for an error or a member.</summary>
    private string Place => _index < 0 ? _parent : string.Create(CultureInfo.InvariantCulture, $"{_parent}[{_index}]");

    /// <summary>Reads a file. The content must not change while its values are in use.</summary>
    /// <exception cref="InvalidDataException">The text is not valid JSON or has too many values.</exception>
    public static ForeignJson Parse(string file, ReadOnlyMemory<byte> content)
    {
        try
        {
            return new ForeignJson(file, ForeignJsonScan.Run(file, content));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} is not valid JSON: {error.Message}", error);
        }
    }

    /// <inheritdoc cref="Parse"/>
    public static ForeignJson Read(ForeignFolder folder, string file, long maxBytes) => Parse(file, folder.ReadBytes(file, maxBytes));

    /// <summary>Returns a required field.</summary>
    public ForeignJson Member(string name) => TryMember(name) ?? throw new InvalidDataException($"{_file}: {Below(name)} is missing.");

    /// <summary>
    /// Returns a field that older releases did not write; null if it is missing. If a name occurs twice, the last value counts, as in
    /// Python.
    /// </summary>
    public ForeignJson? TryMember(string name)
    {
        RequireKind(JsonValueKind.Object, "an object");
        return Find(name) is { } value ? new ForeignJson(_file, Below(name), value) : null;
    }

    /// <summary>Returns a field as <see cref="TryMember"/>, but a JSON null counts as missing.</summary>
    public ForeignJson? TryValue(string name) => TryMember(name) is { IsNull: false } value ? value : null;

    public IEnumerable<(string Name, ForeignJson Value)> Members()
    {
        RequireKind(JsonValueKind.Object, "an object");
        return EachMember();
    }

    public IEnumerable<ForeignJson> Items()
    {
        RequireKind(JsonValueKind.Array, "a list");
        return EachItem();
    }

    public string Text() => Kind == JsonValueKind.String ? Decoded() : throw Wrong("a text");

    /// <summary>Returns the JSON of the value.</summary>
    public string RawText() => Utf8.IsValid(_json.Span) ? Encoding.UTF8.GetString(_json.Span) : throw Wrong("valid Unicode text");

    public bool Boolean() => Kind is JsonValueKind.True or JsonValueKind.False ? Kind == JsonValueKind.True : throw Wrong("true or false");

    public double Number() => Kind == JsonValueKind.Number && Reader().TryGetDouble(out double value) && double.IsFinite(value)
        ? value
        : throw Wrong("a finite number");

    /// <summary>Reads a whole number between two inclusive limits.</summary>
    public int Whole(int least, int most) =>
        Kind == JsonValueKind.Number && Reader().TryGetInt32(out int value) && value >= least && value <= most
        ? value
        : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>Returns the error for an invalid value.</summary>
    public InvalidDataException Wrong(string expected) => new($"{_file}: {(Place.Length == 0 ? "the file" : Place)} must be {expected}.");

    private ReadOnlyMemory<byte>? Find(string name)
    {
        if (_members is not null)
        {
            return _members.TryGetValue(name, out ReadOnlyMemory<byte> member) ? new ReadOnlyMemory<byte>?(member) : null;
        }

        ReadOnlyMemory<byte>? found = null;
        Utf8JsonReader reader = new(_json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isWanted = reader.ValueTextEquals(name);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            found = isWanted ? _json[start..(int)reader.BytesConsumed] : found;
        }

        return found;
    }

    private IEnumerable<(string Name, ForeignJson Value)> EachMember()
    {
        ForeignJsonCursor cursor = new(_json);
        string place = Below("(name of a field)");
        while (cursor.MoveNext())
        {
            string name = new ForeignJson(_file, place, cursor.Name).Decoded();
            yield return (name, new ForeignJson(_file, Below(name), cursor.Value));
        }
    }

    private IEnumerable<ForeignJson> EachItem()
    {
        ForeignJsonCursor cursor = new(_json);
        string place = Place;
        for (int index = 0; cursor.MoveNext(); index++)
        {
            yield return new ForeignJson(_file, place, cursor.Value, index);
        }
    }

    private Utf8JsonReader Reader()
    {
        Utf8JsonReader reader = new(_json.Span);
        reader.Read();
        return reader;
    }

    private string Below(string name) => Place.Length == 0 ? name : $"{Place}.{name}";

    private string Decoded()
    {
        if (_json.Length > MaxTextBytes)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a text of at most {MaxTextBytes} bytes, {_json.Length} given"));
        }

        try
        {
            return Reader().GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The text escapes half of a surrogate pair, or is not UTF-8.
            throw Wrong("valid Unicode text");
        }
    }

    private void RequireKind(JsonValueKind kind, string expected)
    {
        if (Kind != kind)
        {
            throw Wrong(expected);
        }
    }
}
