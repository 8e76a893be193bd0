using Google.Protobuf.Collections;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;
using KeyBertMessage = TopicGrpc.V1.Representation.Types.KeyBertInspired;
using RelevanceMessage = TopicGrpc.V1.Representation.Types.MaximalMarginalRelevance;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps representations between contract and engine.</summary>
internal static class RepresentationContract
{
    /// <summary>Returns the chains of the engine.</summary>
    /// <param name="settings">The message; null means the words with the largest weights.</param>
    public static TopicRepresentations FromProto(RepresentationSettings? settings) => settings is null
        ? TopicRepresentations.None
        : new TopicRepresentations
        {
            Main = Chain(settings.Main),
            Aspects = settings.Aspects.ToDictionary(
                static aspect => aspect.Name,
                static aspect => Chain(aspect.Steps),
                StringComparer.Ordinal),
        };

    /// <summary>Returns the message with all fields set; null if there are neither representations nor aspects.</summary>
    public static RepresentationSettings? ToProto(TopicRepresentations representations) =>
        representations.Main.Count + representations.Aspects.Count == 0
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

    private static IReadOnlyList<TopicRepresentation> Chain(RepeatedField<Representation> steps) => [.. steps.Select(FromProto)];

    private static TopicRepresentation FromProto(Representation step) => step.ModelCase switch
    {
        Representation.ModelOneofCase.MaximalMarginalRelevance => FromProto(step.MaximalMarginalRelevance),
        _ => FromProto(step.KeyBertInspired),
    };

    private static MaximalMarginalRelevance FromProto(RelevanceMessage message)
    {
        MaximalMarginalRelevance given = new();
        return given with
        {
            Diversity = message.HasDiversity ? message.Diversity : given.Diversity,
            WordCount = message.HasTopNWords ? message.TopNWords : given.WordCount,
        };
    }

    private static KeyBertInspired FromProto(KeyBertMessage message)
    {
        KeyBertInspired given = new();
        return given with
        {
            WordCount = message.HasTopNWords ? message.TopNWords : given.WordCount,
            RepresentativeDocumentCount = message.HasNrReprDocs ? message.NrReprDocs : given.RepresentativeDocumentCount,
            CandidateCount = message.HasNrCandidateWords ? message.NrCandidateWords : given.CandidateCount,
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
            KeyBertInspired = new KeyBertMessage
            {
                TopNWords = keyBert.WordCount,
                NrReprDocs = keyBert.RepresentativeDocumentCount,
                NrCandidateWords = keyBert.CandidateCount,
            },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Unknown representation."),
    };
}
