using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// How the JSON files of an archive are written: names as in C#, numbers in full precision, limits without bound as <c>"Infinity"</c>.
/// A setting that an older archive lacks takes the default of its record. That is why the types are read by reflection: code
/// generated at build time sets every <c>init</c> property, one that is missing to zero or null.
/// </summary>
internal static class ArchiveJson
{
    private const string Kind = "Kind";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(), new FrequencyLimitJson(), new StringSetJson() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameRepresentations } },
    };

    public static JsonTypeInfo<ArchiveManifest> ArchiveManifest { get; } = (
        JsonTypeInfo<ArchiveManifest>)Options.GetTypeInfo(typeof(ArchiveManifest));

    public static JsonTypeInfo<FitReport> FitReport { get; } = (JsonTypeInfo<FitReport>)Options.GetTypeInfo(typeof(FitReport));

    public static JsonTypeInfo<string[]> StringArray { get; } = (JsonTypeInfo<string[]>)Options.GetTypeInfo(typeof(string[]));

    private static void NameRepresentations(JsonTypeInfo type)
    {
        if (type.Type == typeof(TopicRepresentation))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions
            {
                TypeDiscriminatorPropertyName = Kind,
                DerivedTypes =
                {
                    new JsonDerivedType(typeof(KeyBertInspired), nameof(KeyBertInspired)),
                    new JsonDerivedType(typeof(MaximalMarginalRelevance), nameof(MaximalMarginalRelevance)),
                },
            };
        }
    }
}
