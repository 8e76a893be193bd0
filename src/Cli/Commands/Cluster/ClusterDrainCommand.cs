using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster drain</c>: takes a member out of service, or back.</summary>
internal static class ClusterDrainCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> member = new("member") { Description = "Id of the member." };
        Option<bool> undo = new("--undo") { Description = "Take the member back into service." };
        Command command = new(
            "drain", "Takes a member out of service: load balancers send it no calls, and it starts no jobs. It is not stopped.")
        {
            member, undo,
        };
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Cluster.DrainAsync(parsed.GetRequiredValue(member), parsed.GetValue(undo), token),
            static (terminal, changed) => terminal.Line($"member {changed.Name}: {changed.State.ToString().ToLowerInvariant()}"));
    }
}
