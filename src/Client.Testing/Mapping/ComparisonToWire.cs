using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1.CompareModelVersionsResponse;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps comparisons of versions to the messages that a server sends.</summary>
internal static class ComparisonToWire
{
    public static Wire Map(VersionComparison comparison)
    {
        Wire wire = new()
        {
            BaseModelVersion = SelectorMapping.VersionName(comparison.Before),
            ModelVersion = SelectorMapping.VersionName(comparison.After),
            Matches = { comparison.Matches.Select(Map) },
            SharedDocumentCount = comparison.SharedDocumentCount,
        };
        if (comparison.AdjustedRandIndex is { } index)
        {
            wire.AdjustedRandIndex = index;
        }

        if (comparison.UidStability is { } stability)
        {
            wire.UidStability = stability;
        }

        return wire;
    }

    private static Wire.Types.TopicMatch Map(TopicMatch match)
    {
        Wire.Types.TopicMatch wire = new()
        {
            Change = Map(match.Change),
            BaseTopic = Map(match.Before),
            Topic = Map(match.After),
            DocumentOverlap = match.DocumentOverlap,
            SharedDocumentCount = match.SharedDocumentCount,
        };
        if (match.CentroidSimilarity is { } centroids)
        {
            wire.CentroidSimilarity = centroids;
        }

        if (match.TermSimilarity is { } terms)
        {
            wire.TermSimilarity = terms;
        }

        return wire;
    }

    private static Wire.Types.Change Map(TopicChange change) => change switch
    {
        TopicChange.Kept => Wire.Types.Change.Kept,
        TopicChange.Split => Wire.Types.Change.Split,
        TopicChange.Merged => Wire.Types.Change.Merged,
        TopicChange.Added => Wire.Types.Change.Added,
        TopicChange.Removed => Wire.Types.Change.Removed,
        _ => Wire.Types.Change.Unspecified,
    };

    private static Wire.Types.Side? Map(ComparedTopic? topic) => topic is null ? null : new Wire.Types.Side
    {
        TopicId = topic.Id,
        Uid = topic.Uid,
        TopicName = topic.Name,
        Label = topic.Label,
        DocumentCount = topic.Count,
    };
}
