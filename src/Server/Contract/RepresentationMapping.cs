using Google.Protobuf.Collections;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;
using KeyBertMessage = TopicGrpc.V1.Representation.Types.KeyBertInspired;
using RelevanceMessage = TopicGrpc.V1.Representation.Types.MaximalMarginalRelevance;

namespace TopicGrpc.Server.Contract;

/// <summary>How words are chosen, between contract and engine.</summary>
internal static class RepresentationMapping
{
    private const int MaxSteps = 8;
    private const int MaxAspects = 16;
    private const int MaxNameBytes = 64;
    private const int MaxWords = 100;
    private const string MainName = "Main";

    /// <summary>Chains of the engine.</summary>
    /// <param name="settings">The message; absent: by weight.</param>
    /// <param name="at">Path of the message in the request.</param>
    /// <param name="checks">Gets what is wrong.</param>
    public static TopicRepresentations FromProto(RepresentationSettings? settings, string at, SettingsChecks checks)
    {
        if (settings is null)
        {
            return TopicRepresentations.None;
        }

        checks.Range(at + ".aspects", settings.Aspects.Count, 0, MaxAspects);
        Dictionary<string, IReadOnlyList<TopicRepresentation>> aspects = new(StringComparer.Ordinal);
        foreach (AspectSettings aspect in settings.Aspects)
        {
            string field = at + ".aspects";
            checks.Text(field + ".name", aspect.Name, MaxNameBytes);
            if (aspect.Name == MainName)
            {
                checks.Add(field + ".name", $"'{MainName}' is the name of the main words");
            }

            if (!aspects.TryAdd(aspect.Name, Chain(aspect.Steps, field + ".steps", checks)))
            {
                checks.Add(field + ".name", $"'{aspect.Name}' is given twice");
            }
        }

        return new TopicRepresentations { Main = Chain(settings.Main, at + ".main", checks), Aspects = aspects };
    }

    /// <summary>The message, every default filled in; null where words are chosen by weight and there are no aspects.</summary>
    public static RepresentationSettings? ToProto(TopicRepresentations representations) => representations.Main.Count + representations.Aspects.Count == 0
        ? null
        : new RepresentationSettings
        {
            Main = { representations.Main.Select(ToProto) },
            Aspects =
            {
                representations.Aspects
                    .OrderBy(static aspect => aspect.Key, StringComparer.Ordinal)
                    .Select(static aspect => new AspectSettings { Name = aspect.Key, Steps = { aspect.Value.Select(ToProto) } }),
            },
        };

    private static TopicRepresentation[] Chain(RepeatedField<Representation> steps, string field, SettingsChecks checks)
    {
        checks.Range(field, steps.Count, 0, MaxSteps);
        return [.. steps.Select(step => FromProto(step, field, checks))];
    }

    private static TopicRepresentation FromProto(Representation step, string field, SettingsChecks checks)
    {
        switch (step.ModelCase)
        {
            case Representation.ModelOneofCase.MaximalMarginalRelevance:
                return FromProto(step.MaximalMarginalRelevance, field + ".maximal_marginal_relevance.", checks);
            case Representation.ModelOneofCase.KeyBertInspired:
                return FromProto(step.KeyBertInspired, field + ".key_bert_inspired.", checks);
            default:
                checks.Add(field, "a step must be maximal_marginal_relevance or key_bert_inspired");
                return new KeyBertInspired();
        }
    }

    private static MaximalMarginalRelevance FromProto(RelevanceMessage message, string at, SettingsChecks checks)
    {
        MaximalMarginalRelevance defaults = new();
        return new MaximalMarginalRelevance
        {
            Diversity = message.HasDiversity ? checks.Range(at + "diversity", message.Diversity, 0, 1) : defaults.Diversity,
            WordCount = message.HasTopNWords ? checks.Range(at + "top_n_words", message.TopNWords, 1, MaxWords) : defaults.WordCount,
        };
    }

    private static KeyBertInspired FromProto(KeyBertMessage message, string at, SettingsChecks checks)
    {
        KeyBertInspired defaults = new();
        return new KeyBertInspired
        {
            WordCount = message.HasTopNWords ? checks.Range(at + "top_n_words", message.TopNWords, 1, MaxWords) : defaults.WordCount,
            RepresentativeDocumentCount = message.HasNrReprDocs ? checks.Range(at + "nr_repr_docs", message.NrReprDocs, 1, 500) : defaults.RepresentativeDocumentCount,
            CandidateCount = message.HasNrCandidateWords ? checks.Range(at + "nr_candidate_words", message.NrCandidateWords, 1, 1000) : defaults.CandidateCount,
        };
    }

    private static Representation ToProto(TopicRepresentation step) => step switch
    {
        MaximalMarginalRelevance relevance => new Representation
        {
            MaximalMarginalRelevance = new RelevanceMessage { Diversity = relevance.Diversity, TopNWords = relevance.WordCount },
        },
        KeyBertInspired keyBert => new Representation
        {
            KeyBertInspired = new KeyBertMessage { TopNWords = keyBert.WordCount, NrReprDocs = keyBert.RepresentativeDocumentCount, NrCandidateWords = keyBert.CandidateCount },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Unknown representation."),
    };
}
