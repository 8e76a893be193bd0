using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Relations between the fields of a traffic policy.</summary>
internal static class TrafficRules
{
    private const int Whole = 10_000;

    public static void Check(TrafficPolicy policy, CheckState state)
    {
        HashSet<long> seen = [];
        long sum = 0;
        for (int index = 0; index < policy.Targets.Count; index++)
        {
            sum += policy.Targets[index].Weight;
            if (!seen.Add(policy.Targets[index].VersionNumber))
            {
                state.AddAt(string.Create(CultureInfo.InvariantCulture, $"targets[{index}].version_number"), "must be given once only");
            }
        }

        if (policy.Targets.Count > 0 && sum != Whole)
        {
            state.AddAt(
                "targets",
                string.Create(CultureInfo.InvariantCulture, $"weights must sum to {Whole} basis points, they sum to {sum}"));
        }

        if (policy.ShadowVersionNumber > 0 && seen.Contains(policy.ShadowVersionNumber))
        {
            state.AddAt("shadow_version_number", "must not be one of the targets");
        }

        if (policy.HasShadowSample && policy.ShadowVersionNumber == 0)
        {
            state.AddAt("shadow_sample", "must be absent without a shadow version");
        }
    }
}
