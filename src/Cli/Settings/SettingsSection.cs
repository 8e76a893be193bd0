using System.Text.Json;
using Google.Protobuf.Reflection;
using TopicGrpc.Client.Settings;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Cli.Settings;

/// <summary>One object of a settings file. Reading a key marks it as known; keys that stay unknown are an error.</summary>
internal sealed class SettingsSection
{
    private readonly string _file;
    private readonly string _prefix;
    private readonly JsonElement _values;
    private readonly List<string> _known = [];

    private SettingsSection(string file, string prefix, JsonElement values)
    {
        _file = file;
        _prefix = prefix;
        _values = values;
    }

    public static SettingsSection Root(string file, JsonElement values) => values.ValueKind == JsonValueKind.Object
        ? new SettingsSection(file, "", values)
        : throw new SettingsFileException(file, "must hold a JSON object");

    /// <summary>Returns the object under a key; null if the key is missing or, as None in Python, null.</summary>
    public SettingsSection? Section(string key)
    {
        if (Value(key) is not JsonElement value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? new SettingsSection(_file, $"{_prefix}{key}.", value)
            : throw Wrong(key, "an object", value);
    }

    /// <summary>Returns a number within the limits of a field of the contract; null if the key is missing or null.</summary>
    public double? Number(string key, FieldDescriptor field)
    {
        if (Value(key) is not JsonElement value)
        {
            return null;
        }

        double number = value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : throw Wrong(key, $"a number, {LimitText.Range(RequestLimits.Of(field))}", value);
        Check(key, field, number);
        return number;
    }

    /// <summary>Checks a value against the limits of a field of the contract.</summary>
    /// <exception cref="SettingsFileException">The value is outside the limits.</exception>
    public void Check(string key, FieldDescriptor field, object value)
    {
        if (RequestLimits.Check(field, value) is { } violation)
        {
            throw new SettingsFileException(_file, $"{_prefix}{key} {violation}");
        }
    }

    public string? Choice(string key, params string[] allowed)
    {
        if (Value(key) is not JsonElement value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && allowed.Contains(value.GetString())
            ? value.GetString()
            : throw Wrong(key, string.Join(" or ", allowed.Select(a => $"\"{a}\"")), value);
    }

    /// <summary>Returns the raw value, for keys with several kinds of values; null if the key is missing or null.</summary>
    public JsonElement? Value(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return _values.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>
    /// Returns whether a number is an integer. As Python's int and float, 1 and 1.0 differ; only the raw text distinguishes them.
    /// </summary>
    public static bool IsInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny(".eE");

    public SettingsFileException Wrong(string key, string expected, JsonElement found) =>
        new(_file, $"{_prefix}{key} must be {expected}, found {Shown(found)}");

    public SettingsFileException Missing(string key) => new(_file, $"{_prefix}{key} must be set");

    /// <summary>Throws if a key is unknown: a misspelled setting must not silently have its default.</summary>
    public void RejectUnknown()
    {
        foreach (JsonProperty property in _values.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                throw new SettingsFileException(_file, $"unknown key {_prefix}{property.Name}; known are {string.Join(", ", _known)}");
            }
        }
    }

    private static string Shown(JsonElement value)
    {
        const int Longest = 40;
        string raw = value.GetRawText().ReplaceLineEndings(" ");
        return raw.Length <= Longest ? raw : $"{raw[..Longest]}…";
    }
}
