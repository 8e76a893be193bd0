using System.Reflection;

namespace TopicGrpc.Server.Hosting;

/// <summary>Version of this build.</summary>
internal static class ServerBuild
{
    /// <summary>Version without the commit after the plus sign.</summary>
    public static string Version { get; } =
        typeof(ServerBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
