using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster members</c>: lists the members.</summary>
internal static class ClusterMembersCommand
{
    public static Command Create(CliContext context) => SingleCall.Complete(
        context,
        new Command("members", "Lists the members with their states; dead ones for a day."),
        static async (client, _, token) => await client.Cluster.ListMembersAsync(token).ToListAsync(token),
        static (terminal, members) => terminal.Write(MemberTable.Of(members)));
}
