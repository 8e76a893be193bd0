using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Cluster;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster members</c>: lists the members.</summary>
internal static class ClusterMembersCommand
{
    public static Command Create(CliContext context)
    {
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("members", "Lists the members with their states; dead ones for a day.");
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            List<MemberInfo> members = await connection.CallAsync(
                async client => await client.Cluster.ListMembersAsync(token).ToListAsync(token));
            json.Context(parsed).Terminal.Write(MemberTable.Of(members));
            await json.WriteAsync(parsed, members);
            return ExitCodes.Ok;
        });
        return command;
    }
}
