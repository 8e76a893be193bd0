using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Members;

/// <summary>Log messages of members; ids from 8100.</summary>
internal static partial class Log
{
    [LoggerMessage(8101, LogLevel.Information, "Member {Member} has started with epoch {Epoch} at {Address}.")]
    public static partial void Started(ILogger logger, string member, long epoch, string address);

    [LoggerMessage(8102, LogLevel.Warning, "Member {Member} no longer renews its lease and was declared dead.")]
    public static partial void DeclaredDead(ILogger logger, string member);

    [LoggerMessage(8103, LogLevel.Information, "Draining of member {Member} was set to {IsDraining}.")]
    public static partial void DrainingSet(ILogger logger, string member, bool isDraining);
}
