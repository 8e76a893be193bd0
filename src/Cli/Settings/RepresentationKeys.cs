using System.Text.Json;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>
/// <c>representation_model</c>: one model, a list that makes a chain, or an object of both by name of the aspect with <c>Main</c> for the main
/// words. A model is written as its Python class: <c>"KeyBERTInspired"</c>, or <c>{"MaximalMarginalRelevance": {"diversity": 0.3}}</c>.
/// </summary>
internal static class RepresentationKeys
{
    public const string Main = "Main";
    public const string KeyBert = "KeyBERTInspired";
    public const string Relevance = "MaximalMarginalRelevance";

    public static RepresentationSettings? Read(SettingsSection section, string key)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(static property => property.Name is KeyBert or Relevance))
        {
            return new RepresentationSettings { Main = Chain(section, key) };
        }

        SettingsSection chains = section.Section(key)!;
        return new RepresentationSettings
        {
            Main = Chain(chains, Main),
            Aspects = value.EnumerateObject()
                .Where(static aspect => aspect.Name != Main)
                .ToDictionary(static aspect => aspect.Name, aspect => Chain(chains, aspect.Name), StringComparer.Ordinal),
        };
    }

    private static IReadOnlyList<TopicRepresentation> Chain(SettingsSection section, string key)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(step => Step(section, key, step))]
            : [Step(section, key, value)];
    }

    private static TopicRepresentation Step(SettingsSection section, string key, JsonElement value)
    {
        (string? name, SettingsSection arguments) = value.ValueKind switch
        {
            JsonValueKind.String => (value.GetString(), section.Empty(key)),
            JsonValueKind.Object when value.EnumerateObject().Count() == 1 => Named(section, key, value.EnumerateObject().Single()),
            _ => (null, section),
        };
        TopicRepresentation step = name switch
        {
            KeyBert => new KeyBertInspired
            {
                WordCount = arguments.Integer("top_n_words", 1, 100),
                RepresentativeDocumentCount = arguments.Integer("nr_repr_docs", 1, 500),
                CandidateCount = arguments.Integer("nr_candidate_words", 1, 1000),
            },
            Relevance => new MaximalMarginalRelevance
            {
                Diversity = arguments.Number("diversity", 0, 1),
                WordCount = arguments.Integer("top_n_words", 1, 100),
            },
            _ => throw section.Wrong(key, $"\"{KeyBert}\" or \"{Relevance}\", alone or as the key of an object of its settings, or a list of them", value),
        };
        arguments.RefuseUnknown();
        return step;
    }

    private static (string Name, SettingsSection Arguments) Named(SettingsSection section, string key, JsonProperty model) =>
        (model.Name, section.Inner($"{key}.{model.Name}", model.Value));
}
