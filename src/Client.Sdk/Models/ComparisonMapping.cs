using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1.CompareModelVersionsResponse;

namespace TopicGrpc.Client.Models;

/// <summary>Maps comparisons of versions.</summary>
internal static class ComparisonMapping
{
    public static VersionComparison Map(Wire wire) => new()
    {
        Before = SelectorMapping.Parse(wire.BaseModelVersion),
        After = SelectorMapping.Parse(wire.ModelVersion),
        Matches = [.. wire.Matches.Select(Map)],
        SharedDocumentCount = wire.SharedDocumentCount,
        AdjustedRandIndex = wire.HasAdjustedRandIndex ? wire.AdjustedRandIndex : null,
        UidStability = wire.HasUidStability ? wire.UidStability : null,
    };

    private static TopicMatch Map(Wire.Types.TopicMatch wire) => new()
    {
        Change = wire.Change switch
        {
            Wire.Types.Change.Kept => TopicChange.Kept,
            Wire.Types.Change.Split => TopicChange.Split,
            Wire.Types.Change.Merged => TopicChange.Merged,
            Wire.Types.Change.Added => TopicChange.Added,
            Wire.Types.Change.Removed => TopicChange.Removed,
            _ => TopicChange.Unknown,
        },
        Before = Map(wire.BaseTopic),
        After = Map(wire.Topic),
        CentroidSimilarity = wire.HasCentroidSimilarity ? wire.CentroidSimilarity : null,
        TermSimilarity = wire.HasTermSimilarity ? wire.TermSimilarity : null,
        DocumentOverlap = wire.DocumentOverlap,
        SharedDocumentCount = wire.SharedDocumentCount,
    };

    private static ComparedTopic? Map(Wire.Types.Side? wire) => wire is null
        ? null
        : new ComparedTopic { Id = wire.TopicId, Uid = wire.Uid, Name = wire.TopicName, Label = wire.Label, Count = wire.DocumentCount };
}
