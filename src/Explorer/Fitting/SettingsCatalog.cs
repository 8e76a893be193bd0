using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>
/// The settings of a fit, read from the description of the contract (<c>docs/openapi.json</c>, which a test of the server keeps equal to
/// the contract). A new setting of the contract appears in the form without a change of this project.
/// </summary>
internal sealed partial class SettingsCatalog
{
    private const string References = "#/components/schemas/";

    private readonly JsonElement _schemas;

    private SettingsCatalog(JsonElement schemas)
    {
        _schemas = schemas;
        List<SettingField> fields = [];
        AddFields("FitSettings", section: "", fields);
        Fields = fields;
        WordMethods = [.. Properties("Representation").Select(MethodOf)];
        MaxSteps = LimitOf("RepresentationSettings", "main", "maxItems");
        MaxAspects = LimitOf("RepresentationSettings", "aspects", "maxItems");
        MaxAspectName = LimitOf("AspectSettings", "name", "maxLength");
    }

    /// <summary>The catalog of the contract that this program was built with.</summary>
    public static SettingsCatalog Instance { get; } = Read();

    /// <summary>
    /// All settings with one value or list, section by section. The preset and the representations have editors of their own.
    /// </summary>
    public IReadOnlyList<SettingField> Fields { get; }

    /// <summary>The methods that choose the words of topics.</summary>
    public IReadOnlyList<WordMethod> WordMethods { get; }

    /// <summary>Most steps of a chain of methods.</summary>
    public int MaxSteps { get; }

    /// <summary>Most aspects.</summary>
    public int MaxAspects { get; }

    /// <summary>Longest name of an aspect.</summary>
    public int MaxAspectName { get; }

    /// <summary>The sections: the settings of BERTopic itself, then the sub-models in the order of the contract.</summary>
    public IEnumerable<IGrouping<string, SettingField>> Sections => Fields
        .GroupBy(static setting => setting.Section)
        .OrderBy(static section => section.Key.Length > 0);

    private static SettingsCatalog Read()
    {
        using Stream source = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        using var document = JsonDocument.Parse(source);
        return new SettingsCatalog(document.RootElement.GetProperty("components").GetProperty("schemas").Clone());
    }

    private void AddFields(string schema, string section, List<SettingField> fields)
    {
        foreach (JsonProperty property in Properties(schema))
        {
            string name = NameOf(property);
            string target = TargetOf(property.Value);
            if (section.Length == 0 && target.EndsWith("Settings", StringComparison.Ordinal) && target != "RepresentationSettings")
            {
                AddFields(target, name, fields);
            }
            else if (KindOf(property.Value, target) is { } kind)
            {
                fields.Add(FieldOf(section, name, kind, property.Value));
            }
        }
    }

    private JsonElement.ObjectEnumerator Properties(string schema) =>
        _schemas.GetProperty(schema).GetProperty("properties").EnumerateObject();

    private int LimitOf(string schema, string property, string limit) =>
        _schemas.GetProperty(schema).GetProperty("properties").GetProperty(property).GetProperty(limit).GetInt32();

    /// <summary>Returns a method with its parameters. Settings files name it as BERTopic names its class.</summary>
    private WordMethod MethodOf(JsonProperty method)
    {
        List<SettingField> fields = [];
        AddFields(TargetOf(method.Value), NameOf(method), fields);
        string name = char.ToUpperInvariant(method.Name[0]) + method.Name[1..];
        return new WordMethod(name.Replace("KeyBert", "KeyBERT", StringComparison.Ordinal), Text(method.Value, "description"), fields);
    }

    // Fields of the contract have underscores, their JSON names have capitals.
    private static string NameOf(JsonProperty property) =>
        UpperCase().Replace(property.Name, static letter => "_" + letter.Value.ToLowerInvariant());

    private static string TargetOf(JsonElement schema) =>
        schema.TryGetProperty("$ref", out JsonElement reference) ? reference.GetString()![References.Length..] : "";

    /// <summary>
    /// Returns the form of a value; null for the preset and the representations, which have editors of their own.
    /// </summary>
    private static SettingKind? KindOf(JsonElement schema, string target)
    {
        switch (target)
        {
            case "NgramRange":
                return SettingKind.Range;
            case "VectorizerSettings.WordList":
                return SettingKind.Lines;
            case { Length: > 0 }:
                return null;
        }

        return schema.GetProperty("type").GetString() switch
        {
            "boolean" => SettingKind.Flag,
            "integer" => SettingKind.Whole,
            "number" => SettingKind.Number,
            "string" when schema.TryGetProperty("enum", out _) => SettingKind.Choice,
            "string" when schema.TryGetProperty("format", out JsonElement format) && format.GetString() == "int64" => SettingKind.Whole,
            "string" => SettingKind.Text,
            "array" when schema.GetProperty("items").TryGetProperty("$ref", out JsonElement item) =>
                item.GetString() == References + "FitSettings.SeedTopic" ? SettingKind.WordLists : null,
            "array" => SettingKind.Lines,
            _ => null,
        };
    }

    private static SettingField FieldOf(string section, string name, SettingKind kind, JsonElement schema)
    {
        string help = Text(schema, "description");
        return new SettingField(section, name, kind, help)
        {
            Min = Text(schema, "minimum"),
            Max = Text(schema, "maximum"),
            Most = (Text(schema, "maxItems"), Text(schema, "maxLength")) switch
            {
                ({ Length: > 0 } lines, _) => $"at most {lines} lines",
                (_, { Length: > 0 } letters) => $"at most {letters} characters",
                _ => "",
            },
            Choices = schema.TryGetProperty("enum", out JsonElement values)
                ? [.. values.EnumerateArray().Select(static value => value.GetString()!).Where(static value => value.Length > 0)]
                : [],
            Default = DefaultSentence().Match(help).Groups[1].Value.Replace("`", "", StringComparison.Ordinal),
        };
    }

    private static string Text(JsonElement schema, string key) =>
        schema.TryGetProperty(key, out JsonElement value) ? value.ToString() : "";

    [GeneratedRegex("(?<=.)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex UpperCase();

    [GeneratedRegex(@"\bDefault:? ((?:[^.;]|\.(?=\d))+)[.;]", RegexOptions.CultureInvariant)]
    private static partial Regex DefaultSentence();
}
