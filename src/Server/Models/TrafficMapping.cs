using Target = TopicGrpc.V1.TrafficPolicy.Types.Target;

namespace TopicGrpc.Server.Models;

/// <summary>Maps traffic policies between server and contract.</summary>
internal static class TrafficMapping
{
    public static V1.TrafficPolicy ToProto(TrafficPolicy traffic)
    {
        V1.TrafficPolicy policy = new() { ShadowVersionNumber = traffic.Shadow };
        policy.Targets.AddRange(
            traffic.Targets.Select(static target => new Target { VersionNumber = target.Number, Weight = target.Weight }));
        if (traffic.Shadow > 0)
        {
            policy.ShadowSample = traffic.ShadowSample;
        }

        return policy;
    }

    /// <summary>Maps a policy, which was checked against the limits of the contract.</summary>
    public static TrafficPolicy FromProto(V1.TrafficPolicy policy, DateTimeOffset since) => new(
        [.. policy.Targets.Select(static target => new TrafficTarget(target.VersionNumber, target.Weight))],
        policy.ShadowVersionNumber,
        policy.HasShadowSample || policy.ShadowVersionNumber == 0 ? policy.ShadowSample : TrafficPolicy.Whole,
        since);
}
