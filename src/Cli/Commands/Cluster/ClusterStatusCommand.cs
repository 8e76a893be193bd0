using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Cluster;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster status</c>: prints how many members there are in each state.</summary>
internal static class ClusterStatusCommand
{
    public static Command Create(CliContext context)
    {
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("status", "Prints how many members there are in each state.");
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ClusterInfo cluster = await connection.CallAsync(client => client.Cluster.GetAsync(token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Line(cluster.IsCluster ? $"cluster, answered by {cluster.Member}" : $"single server {cluster.Member}");
            terminal.Line(FormattableString.Invariant(
                $"members: {cluster.AliveCount} alive, {cluster.StartingCount} starting, {cluster.DrainingCount} draining, ")
                + FormattableString.Invariant($"{cluster.DeadCount} dead"));
            terminal.Line("versions: " + string.Join(", ", cluster.ServerVersions));
            await json.WriteAsync(parsed, cluster);
            return ExitCodes.Ok;
        });
        return command;
    }
}
