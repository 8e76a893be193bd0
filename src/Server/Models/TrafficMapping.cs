using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Traffic policies for the contract.</summary>
internal static class TrafficMapping
{
    public static TrafficPolicy ToProto(TrafficRoute traffic)
    {
        TrafficPolicy policy = new() { ShadowVersionNumber = traffic.Shadow };
        policy.Targets.AddRange(traffic.Targets.Select(static target => new TrafficPolicy.Types.Target { VersionNumber = target.Number, Weight = target.Weight }));
        if (traffic.Shadow > 0)
        {
            policy.ShadowSample = traffic.ShadowSample;
        }

        return policy;
    }

    /// <summary>Returns the policy of a checked message.</summary>
    public static TrafficRoute FromProto(TrafficPolicy policy, DateTimeOffset since) => new(
        [.. policy.Targets.Select(static target => new TrafficTarget(target.VersionNumber, target.Weight))],
        policy.ShadowVersionNumber,
        policy.HasShadowSample || policy.ShadowVersionNumber == 0 ? policy.ShadowSample : TrafficRoute.Whole,
        since);
}
