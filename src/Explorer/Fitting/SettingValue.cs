using System.Globalization;
using System.Text.Json.Nodes;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>The text of a field of the form as a value of a settings file.</summary>
internal static class SettingValue
{
    /// <summary>Returns the value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">Its text, not empty.</param>
    /// <exception cref="SettingsFileException">The text is no value of the field; the message names it.</exception>
    public static JsonNode Parse(SettingField field, string text) => field.Kind switch
    {
        SettingKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? JsonValue.Create(whole)
            : throw Invalid($"{field.Path} is \"{text}\", not a whole number"),
        SettingKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
                ? ToFloat(number)
                : throw Invalid($"{field.Path} is \"{text}\", not a number"),
        SettingKind.Flag => JsonValue.Create(text == "true"),
        SettingKind.Lines => ToArray(Split(text, '\n')),
        SettingKind.WordLists => new JsonArray([.. Split(text, '\n').Select(static line => (JsonNode)ToArray(Split(line, ',')))]),
        SettingKind.Range => ToRange(field, text),
        _ => JsonValue.Create(text),
    };

    /// <summary>Returns the exception for input that the form rejects.</summary>
    public static SettingsFileException Invalid(string message) => new("settings", message);

    // As in Python, 1 and 1.0 differ: a share needs its point.
    private static JsonNode ToFloat(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny(".E") ? text : text + ".0")!;
    }

    private static JsonArray ToRange(SettingField field, string text)
    {
        string[] ends = Split(text.Replace("to", "-", StringComparison.Ordinal), '-');
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int min)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int max)
                ? [min, max]
                : throw Invalid($"{field.Path} is \"{text}\"; write two whole numbers such as 1-2");
    }

    private static JsonArray ToArray(string[] texts) => new([.. texts.Select(static text => (JsonNode)JsonValue.Create(text))]);

    private static string[] Split(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
