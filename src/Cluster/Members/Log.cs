using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Members;

/// <summary>Log messages of members; ids from 8900.</summary>
internal static partial class Log
{
    [LoggerMessage(8901, LogLevel.Warning, "Member {Member} no longer renews its lease and was declared dead.")]
    public static partial void DeclaredDead(ILogger logger, string member);
}
