using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Cluster;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster drain</c>: takes a member out of service, or back.</summary>
internal static class ClusterDrainCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> member = new("member") { Description = "Id of the member." };
        Option<bool> undo = new("--undo") { Description = "Take the member back into service." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "drain", "Takes a member out of service: load balancers send it no calls, and it starts no jobs. It is not stopped.")
        {
            member, undo,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            string id = parsed.GetRequiredValue(member);
            MemberInfo changed = await connection.CallAsync(client => client.Cluster.DrainAsync(id, parsed.GetValue(undo), token));
            json.Context(parsed).Terminal.Line($"member {changed.Name}: {changed.State.ToString().ToLowerInvariant()}");
            await json.WriteAsync(parsed, changed);
            return ExitCodes.Ok;
        });
        return command;
    }
}
