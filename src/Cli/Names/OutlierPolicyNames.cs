using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Names;

/// <summary>Names of the outlier policies in options and operation files.</summary>
internal static class OutlierPolicyNames
{
    public static string[] All { get; } = [OutlierPolicies.Keep, OutlierPolicies.Nearest, OutlierPolicies.All];
}
