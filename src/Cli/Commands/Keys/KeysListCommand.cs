using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys list</c>: lists keys without their secrets.</summary>
internal static class KeysListCommand
{
    public static Command Create(CliContext context) => SingleCall.Complete(
        context,
        new Command("list", "Lists keys, revoked ones included, without their secrets."),
        static async (client, _, token) => await client.Keys.ListAsync(token).ToListAsync(token),
        (terminal, keys) => terminal.Write(KeyTable.Of(keys, context.Clock.GetUtcNow())));
}
