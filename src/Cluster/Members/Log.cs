using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Members;

/// <summary>Log messages of members; ids from 8100.</summary>
internal static partial class Log
{
    [LoggerMessage(8101, LogLevel.Warning, "Member {Member} no longer renews its lease and was declared dead.")]
    public static partial void DeclaredDead(ILogger logger, string member);
}
