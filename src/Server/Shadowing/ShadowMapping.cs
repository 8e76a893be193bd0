using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Maps shadow reports to the contract.</summary>
internal static class ShadowMapping
{
    public static GetShadowReportResponse ToProto(string modelId, long shadow, DateTimeOffset since, ShadowCounts counts)
    {
        GetShadowReportResponse report = new()
        {
            ShadowVersion = ResourceNames.Version(modelId, shadow),
            StartTime = Timestamp.FromDateTimeOffset(since),
            ComparedCount = counts.Compared,
            DisagreedCount = counts.Disagreed,
            DroppedCount = counts.Dropped,
            FailedCount = counts.Failed,
        };
        report.Disagreements.AddRange(counts.Commonest.Select(pair => new GetShadowReportResponse.Types.Disagreement
        {
            ModelVersion = ResourceNames.Version(modelId, pair.Pair.Version),
            TopicId = pair.Pair.Topic.Id,
            TopicName = pair.Pair.Topic.Name,
            TopicUid = pair.Pair.Topic.Uid,
            ShadowTopicId = pair.Pair.ShadowTopic.Id,
            ShadowTopicName = pair.Pair.ShadowTopic.Name,
            ShadowTopicUid = pair.Pair.ShadowTopic.Uid,
            Count = pair.Count,
        }));
        return report;
    }
}
