using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Contract;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Cli.Tests.Documents;

/// <summary>
/// The tables of <c>docs/parameters.md</c>: names and limits from the contract, defaults from the engine, properties from the SDK.
/// </summary>
internal static class ParameterTables
{
    /// <summary>Returns the tables by name of their message.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        FitSettings absent = Defaults(new FitSettings());
        FitSettings given = Defaults(new FitSettings
        {
            Umap = new UmapSettings(),
            Hdbscan = new HdbscanSettings(),
            Vectorizer = new VectorizerSettings(),
            Ctfidf = new CtfidfSettings(),
            Sample = new SampleSettings(),
            RepresentationModel = new RepresentationSettings
            {
                Main =
                {
                    new Representation { MaximalMarginalRelevance = new Representation.Types.MaximalMarginalRelevance() },
                    new Representation { KeyBertInspired = new Representation.Types.KeyBertInspired() },
                },
            },
        });
        IMessage relevance = given.RepresentationModel.Main[0].MaximalMarginalRelevance;
        IMessage keyBert = given.RepresentationModel.Main[1].KeyBertInspired;
        return new Dictionary<string, string>
        {
            [nameof(FitSettings)] = Table(absent, absent, typeof(Client.Settings.FitSettings)),
            [nameof(UmapSettings)] = Table(given.Umap, absent.Umap, typeof(Client.Settings.UmapSettings)),
            [nameof(HdbscanSettings)] = Table(given.Hdbscan, absent.Hdbscan, typeof(Client.Settings.HdbscanSettings)),
            [nameof(VectorizerSettings)] = Table(given.Vectorizer, absent.Vectorizer, typeof(Client.Settings.VectorizerSettings)),
            [nameof(CtfidfSettings)] = Table(given.Ctfidf, absent.Ctfidf, typeof(Client.Settings.CtfidfSettings)),
            [nameof(SampleSettings)] = Table(given.Sample, absent.Sample ?? new SampleSettings(), typeof(Client.Settings.SampleSettings)),
            [relevance.Descriptor.Name] = Table(relevance, relevance, typeof(Client.Settings.MaximalMarginalRelevance)),
            [keyBert.Descriptor.Name] = Table(keyBert, keyBert, typeof(Client.Settings.KeyBertInspired)),
        };
    }

    private static FitSettings Defaults(FitSettings settings) => FitSettingsContract.ToProto(FitSettingsContract.FromProto(settings));

    private static string Table(IMessage given, IMessage absent, Type record)
    {
        StringBuilder table = new(
            "| contract | settings file | SDK | limits | default if given | default if absent |\n|---|---|---|---|---|---|\n");
        foreach (FieldDescriptor field in given.Descriptor.Fields.InFieldNumberOrder())
        {
            (string key, string property) = Property(field.Name, record);
            string limits = LimitText.Describe(RequestLimits.Of(field));
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{field.Name}` | `{key}` | `{property}` | {Or(limits)} | {Or(Value(field, given))} | {Or(Value(field, absent))} |\n");
        }

        return table.ToString();
    }

    private static (string Key, string Property) Property(string field, Type record)
    {
        PropertyInfo[] properties = record.GetProperties();
        string[] keys =
        [
            field, field + "_model", field.Replace("_count", "").Replace("_share", ""), field.Replace("_auto", ""), "stop_words",
        ];
        foreach (string key in keys)
        {
            if (properties.FirstOrDefault(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name == key) is { } match)
            {
                return (key, match.Name);
            }
        }

        throw new InvalidOperationException($"The SDK has no property for {field}.");
    }

    private static string Value(FieldDescriptor field, IMessage message) => field.FieldType switch
    {
        _ when field.IsRepeated || (field.HasPresence && !field.Accessor.HasValue(message)) => "",
        FieldType.Message when field.MessageType.Name == nameof(NgramRange) => Range((NgramRange)field.Accessor.GetValue(message)),
        FieldType.Message or FieldType.Enum => "",
        FieldType.Bool => (bool)field.Accessor.GetValue(message) ? "true" : "false",
        _ => Convert.ToString(field.Accessor.GetValue(message), CultureInfo.InvariantCulture)!,
    };

    private static string Range(NgramRange range) => FormattableString.Invariant($"{range.Min}, {range.Max}");

    private static string Or(string text) => text.Length == 0 ? "–" : text;
}
