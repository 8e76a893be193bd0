using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>Maps traffic policies and shadow reports.</summary>
internal static class TrafficMapping
{
    public static Wire.TrafficPolicy Map(TrafficPolicy policy)
    {
        Wire.TrafficPolicy wire = new() { ShadowVersionNumber = policy.ShadowVersion ?? 0 };
        wire.Targets.AddRange(
            policy.Targets.Select(
                static target => new Wire.TrafficPolicy.Types.Target { VersionNumber = target.Version, Weight = target.Weight }));
        if (policy.ShadowVersion is not null)
        {
            wire.ShadowSample = policy.ShadowSample;
        }

        return wire;
    }

    public static TrafficPolicy? Map(Wire.TrafficPolicy? wire) => wire is null ? null : new TrafficPolicy
    {
        Targets = [.. wire.Targets.Select(static target => new TrafficTarget(target.VersionNumber, target.Weight))],
        ShadowVersion = wire.ShadowVersionNumber == 0 ? null : wire.ShadowVersionNumber,
        ShadowSample = wire.HasShadowSample ? wire.ShadowSample : TrafficPolicy.None.ShadowSample,
    };

    public static ShadowReport Map(Wire.GetShadowReportResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ShadowVersion);
        return new ShadowReport
        {
            Model = model,
            ShadowVersion = version,
            Since = WireTimes.Time(wire.StartTime),
            Compared = wire.ComparedCount,
            Disagreed = wire.DisagreedCount,
            Dropped = wire.DroppedCount,
            Failed = wire.FailedCount,
            Disagreements =
            [
                .. wire.Disagreements.Select(static pair => new TopicDisagreement(
                    WireNames.ParseVersion(pair.ModelVersion).Version,
                    pair.TopicId,
                    pair.TopicName,
                    pair.TopicUid,
                    pair.ShadowTopicId,
                    pair.ShadowTopicName,
                    pair.ShadowTopicUid,
                    pair.Count)),
            ],
        };
    }
}
