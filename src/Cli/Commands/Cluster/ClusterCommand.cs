using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster</c>: the servers that share the data.</summary>
internal static class ClusterCommand
{
    public static Command Create(CliContext context) =>
        new("cluster", "Members of a cluster: status, members, drain, import. A server without a cluster is its only member.")
        {
            ClusterStatusCommand.Create(context),
            ClusterMembersCommand.Create(context),
            ClusterDrainCommand.Create(context),
            ClusterImportCommand.Create(context),
        };
}
