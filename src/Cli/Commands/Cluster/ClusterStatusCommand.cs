using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster status</c>: prints how many members there are in each state.</summary>
internal static class ClusterStatusCommand
{
    public static Command Create(CliContext context) => SingleCall.Complete(
        context,
        new Command("status", "Prints how many members there are in each state."),
        static (client, _, token) => client.Cluster.GetAsync(token),
        static (terminal, cluster) =>
        {
            terminal.Line(cluster.IsCluster ? $"cluster, answered by {cluster.Member}" : $"single server {cluster.Member}");
            terminal.Line(FormattableString.Invariant(
                $"members: {cluster.AliveCount} alive, {cluster.StartingCount} starting, {cluster.DrainingCount} draining, ")
                + FormattableString.Invariant($"{cluster.DeadCount} dead"));
            terminal.Line("versions: " + string.Join(", ", cluster.ServerVersions));
        });
}
