using System.Text.Json;

namespace TopicGrpc.Client.Settings;

/// <summary>The kinds of values in a settings file, by the type of their property.</summary>
internal static class SettingsKinds
{
    private static readonly Dictionary<Type, SettingsKind> Kinds = new()
    {
        [typeof(int)] = new("a whole number", static value => IsInteger(value) && value.TryGetInt32(out _)),
        [typeof(long)] = new("a whole number", static value => IsInteger(value) && value.TryGetInt64(out _)),
        [typeof(double)] = new("a number", static value => value.ValueKind == JsonValueKind.Number),
        [typeof(bool)] = new("true or false", static value => value.ValueKind is JsonValueKind.True or JsonValueKind.False),
        [typeof(string)] = new("a text", IsText),
        [typeof(IReadOnlyList<string>)] = new("a list of words", static value => IsListOf(value, IsText)),
        [typeof(IReadOnlyList<IReadOnlyList<string>>)] =
            new("a list of lists of words", static value => IsListOf(value, static list => IsListOf(list, IsText))),
        [typeof(FitPreset)] = new("\"auto\" or \"bertopic\"", static value => IsText(value) && value.GetString() is "auto" or "bertopic"),
        [typeof(StopWords)] = new(
            "\"auto\", \"none\", the name of a language or a list of words",
            static value => IsText(value) || IsListOf(value, IsText)),
        [typeof(FrequencyLimit)] = new(
            "a number of topics (whole, 1 or more) or a share of them (with a decimal point, 0.0 to 1.0)",
            static value => value.ValueKind == JsonValueKind.Number && (!IsInteger(value) || value.TryGetInt32(out _))),
        [typeof(NgramRange)] = new("two whole numbers, the smaller first", static value => value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() == 2
            && IsListOf(value, static item => IsInteger(item) && item.TryGetInt32(out _))),
        [typeof(TopicReduction)] = new(
            "a whole number or \"auto\"",
            static value => IsText(value) ? value.ValueEquals(
                TopicReductionConverter.Automatic) : IsInteger(value) && value.TryGetInt32(out _)),
    };

    /// <summary>Returns the kind of a type, or null for an object of settings.</summary>
    public static SettingsKind? Find(Type type) => Kinds.GetValueOrDefault(type);

    // As Python's int and float, 1 and 1.0 differ in kind. JSON numbers differ only in their text.
    private static bool IsInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny(".eE");

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsListOf(JsonElement value, Func<JsonElement, bool> holds) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(holds);
}
