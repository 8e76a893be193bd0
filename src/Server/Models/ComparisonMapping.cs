using TopicGrpc.Engine.Topics.Comparison;
using TopicGrpc.V1;
using Change = TopicGrpc.V1.CompareModelVersionsResponse.Types.Change;
using Side = TopicGrpc.V1.CompareModelVersionsResponse.Types.Side;
using Topic = TopicGrpc.Engine.Topics.Topic;

namespace TopicGrpc.Server.Models;

/// <summary>Maps comparisons of versions to the contract.</summary>
internal static class ComparisonMapping
{
    public static CompareModelVersionsResponse ToProto(ModelComparison comparison, VersionHandle older, VersionHandle newer)
    {
        CompareModelVersionsResponse response = new()
        {
            SharedDocumentCount = comparison.SharedDocuments,
            BaseModelVersion = older.Name,
            ModelVersion = newer.Name,
        };
        if (comparison.AdjustedRandIndex is { } agreement)
        {
            response.AdjustedRandIndex = agreement;
        }

        if (comparison.UidStability is { } stability)
        {
            response.UidStability = stability;
        }

        response.Matches.AddRange(comparison.Matches.Select(ToProto));
        return response;
    }

    private static CompareModelVersionsResponse.Types.TopicMatch ToProto(TopicMatch match)
    {
        CompareModelVersionsResponse.Types.TopicMatch message = new()
        {
            Change = match.Change switch
            {
                TopicChange.Kept => Change.Kept,
                TopicChange.Split => Change.Split,
                TopicChange.Merged => Change.Merged,
                TopicChange.Added => Change.Added,
                TopicChange.Removed => Change.Removed,
                _ => throw new ArgumentOutOfRangeException(nameof(match), match.Change, "No such change."),
            },
            BaseTopic = ToProto(match.Before),
            Topic = ToProto(match.After),
            DocumentOverlap = match.DocumentOverlap,
            SharedDocumentCount = match.SharedDocuments,
        };
        if (match.CentroidSimilarity is { } cosine)
        {
            message.CentroidSimilarity = cosine;
        }

        if (match.TermSimilarity is { } terms)
        {
            message.TermSimilarity = terms;
        }

        return message;
    }

    private static Side? ToProto(Topic? topic) => topic is null ? null : new Side
    {
        Uid = topic.Uid,
        TopicId = topic.Id,
        TopicName = topic.Name,
        Label = topic.CustomLabel ?? string.Empty,
        DocumentCount = topic.Count,
    };
}
