using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Testing.State;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps models, versions and shadow reports to the messages that a server sends.</summary>
internal static class ModelToWire
{
    public static Wire.Model Map(ModelInfo model) => new()
    {
        Name = WireNames.Model(model.Name),
        VersionLabels = { model.Labels.ToDictionary() },
        TrafficPolicy = model.Traffic is { } policy ? TrafficMapping.Map(policy) : null,
        Etag = model.Etag,
        LatestVersionNumber = model.LatestVersion,
        CreateTime = model.Created is { } created ? Timestamp.FromDateTimeOffset(created) : null,
    };

    public static Wire.ModelVersion Map(FakeVersion version) => new()
    {
        Name = version.ResourceName,
        VersionNumber = version.Version,
        State = Wire.ModelVersion.Types.State.Ready,
        TopicCount = version.TopicCount,
        DocumentCount = version.DocumentCount,
        OutlierShare = version.OutlierShare,
        Report = version.Report,
        CreateTime = Timestamp.FromDateTimeOffset(version.Created),
        Fit = version.Fit.Length == 0 ? "" : WireNames.Fit(version.Fit),
        ParentVersion = version.Parent,
        Operation = version.Operation,
        ImportedFrom = version.Source,
        CreatedBy = FakeVersion.Caller,
        GivenEmbeddings = CorpusMapping.Map(version.GivenEmbeddings),
    };

    public static Wire.GetShadowReportResponse Map(ShadowReport report, int maxDisagreements)
    {
        Wire.GetShadowReportResponse wire = new()
        {
            ShadowVersion = WireNames.Version(report.Model, report.ShadowVersion),
            StartTime = report.Since is { } since ? Timestamp.FromDateTimeOffset(since) : null,
            ComparedCount = report.Compared,
            DisagreedCount = report.Disagreed,
            DroppedCount = report.Dropped,
            FailedCount = report.Failed,
        };
        IEnumerable<TopicDisagreement> pairs = report.Disagreements.Take(maxDisagreements);
        wire.Disagreements.AddRange(pairs.Select(pair => new Wire.GetShadowReportResponse.Types.Disagreement
        {
            ModelVersion = WireNames.Version(report.Model, pair.Version),
            TopicId = pair.TopicId,
            TopicName = pair.TopicName,
            TopicUid = pair.TopicUid,
            ShadowTopicId = pair.ShadowTopicId,
            ShadowTopicName = pair.ShadowTopicName,
            ShadowTopicUid = pair.ShadowTopicUid,
            Count = pair.Count,
        }));
        return wire;
    }
}
