using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// JSON options of the files of an archive: property names as in C#, numbers in full precision, infinite limits as <c>"Infinity"</c>.
/// A setting that an older archive lacks has the default of its record. This is why the types are read by reflection: code generated at
/// build time would set every missing <c>init</c> property to zero or null.
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
