using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Traffic policies for the contract.</summary>
internal static class TrafficMapping
{
    private const int MaxTargets = 16;

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

    /// <summary>A policy that was checked when it was set.</summary>
    public static TrafficRoute FromStored(TrafficPolicy policy, DateTimeOffset since) => new(
        [.. policy.Targets.Select(static target => new TrafficTarget(target.VersionNumber, target.Weight))],
        policy.ShadowVersionNumber,
        policy.HasShadowSample || policy.ShadowVersionNumber == 0 ? policy.ShadowSample : TrafficRoute.Whole,
        since);

    /// <summary>Checks a policy.</summary>
    /// <exception cref="ServiceException">It breaks a rule of the contract.</exception>
    public static TrafficRoute FromProto(TrafficPolicy? policy, DateTimeOffset since)
    {
        policy ??= new TrafficPolicy();
        if (policy.Targets.Count > MaxTargets)
        {
            throw Fault.InputTooLarge("traffic_policy.targets", "targets", MaxTargets, policy.Targets.Count);
        }

        FieldViolation[] violations = [.. Violations(policy)];
        return violations.Length == 0 ? FromStored(policy, since) : throw Fault.InvalidFields(violations);
    }

    private static IEnumerable<FieldViolation> Violations(TrafficPolicy policy)
    {
        for (int index = 0; index < policy.Targets.Count; index++)
        {
            TrafficPolicy.Types.Target target = policy.Targets[index];
            if (target.VersionNumber < 1)
            {
                yield return new FieldViolation($"traffic_policy.targets[{index}].version_number", "must be 1 or more");
            }
            else if (policy.Targets.Take(index).Any(earlier => earlier.VersionNumber == target.VersionNumber))
            {
                yield return new FieldViolation($"traffic_policy.targets[{index}].version_number", "must be named once only");
            }

            if (target.Weight is < 1 or > TrafficRoute.Whole)
            {
                yield return new FieldViolation($"traffic_policy.targets[{index}].weight", $"must lie between 1 and {TrafficRoute.Whole} basis points");
            }
        }

        if (policy.Targets.Count > 0 && policy.Targets.Sum(static target => (long)target.Weight) is long sum and not TrafficRoute.Whole)
        {
            yield return new FieldViolation("traffic_policy.targets", $"weights must sum to {TrafficRoute.Whole} basis points, they sum to {sum}");
        }

        if (policy.ShadowVersionNumber < 0)
        {
            yield return new FieldViolation("traffic_policy.shadow_version_number", "must be 0 or more");
        }
        else if (policy.Targets.Any(target => target.VersionNumber == policy.ShadowVersionNumber && target.VersionNumber > 0))
        {
            yield return new FieldViolation("traffic_policy.shadow_version_number", "must not be one of the targets");
        }

        if (policy.HasShadowSample && policy.ShadowVersionNumber == 0)
        {
            yield return new FieldViolation("traffic_policy.shadow_sample", "must be absent without a shadow version");
        }
        else if (policy.HasShadowSample && policy.ShadowSample is < 1 or > TrafficRoute.Whole)
        {
            yield return new FieldViolation("traffic_policy.shadow_sample", $"must lie between 1 and {TrafficRoute.Whole} basis points");
        }
    }
}
