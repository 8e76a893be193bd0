using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;
using WireStep = TopicGrpc.V1.Representation.Types;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps representations.</summary>
internal static class RepresentationMapping
{
    public static Wire.RepresentationSettings Map(RepresentationSettings settings) => new()
    {
        Main = { settings.Main.Select(Map) },
        Aspects =
        {
            settings.Aspects.Select(static aspect => new Wire.AspectSettings { Name = aspect.Key, Steps = { aspect.Value.Select(Map) } }),
        },
    };

    public static RepresentationSettings Map(Wire.RepresentationSettings wire) => new()
    {
        Main = Map(wire.Main),
        Aspects = wire.Aspects.ToDictionary(static aspect => aspect.Name, static aspect => Map(aspect.Steps)),
    };

    private static Wire.Representation Map(TopicRepresentation step)
    {
        switch (step)
        {
            case MaximalMarginalRelevance relevance:
                WireStep.MaximalMarginalRelevance diverse = new();
                WireValue.Set(relevance.Diversity, value => diverse.Diversity = value);
                WireValue.Set(relevance.WordCount, value => diverse.TopNWords = value);
                return new Wire.Representation { MaximalMarginalRelevance = diverse };
            case KeyBertInspired keyBert:
                WireStep.KeyBertInspired close = new();
                WireValue.Set(keyBert.WordCount, value => close.TopNWords = value);
                WireValue.Set(keyBert.RepresentativeDocumentCount, value => close.NrReprDocs = value);
                WireValue.Set(keyBert.CandidateCount, value => close.NrCandidateWords = value);
                return new Wire.Representation { KeyBertInspired = close };
            default:
                throw new ArgumentException($"The representation {step.GetType()} has no place in the contract.", nameof(step));
        }
    }

    /// <summary>Maps a chain of a response, without unknown steps.</summary>
    private static IReadOnlyList<TopicRepresentation> Map(IEnumerable<Wire.Representation> steps) =>
        [.. steps.Select(Map).OfType<TopicRepresentation>()];

    private static TopicRepresentation? Map(Wire.Representation wire) => wire.ModelCase switch
    {
        Wire.Representation.ModelOneofCase.MaximalMarginalRelevance => new MaximalMarginalRelevance
        {
            Diversity = wire.MaximalMarginalRelevance.HasDiversity ? wire.MaximalMarginalRelevance.Diversity : null,
            WordCount = wire.MaximalMarginalRelevance.HasTopNWords ? wire.MaximalMarginalRelevance.TopNWords : null,
        },
        Wire.Representation.ModelOneofCase.KeyBertInspired => new KeyBertInspired
        {
            WordCount = wire.KeyBertInspired.HasTopNWords ? wire.KeyBertInspired.TopNWords : null,
            RepresentativeDocumentCount = wire.KeyBertInspired.HasNrReprDocs ? wire.KeyBertInspired.NrReprDocs : null,
            CandidateCount = wire.KeyBertInspired.HasNrCandidateWords ? wire.KeyBertInspired.NrCandidateWords : null,
        },
        _ => null,
    };
}
