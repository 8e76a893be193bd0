using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys revoke</c>: ends a key.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> key = new("key") { Description = "Id of the key." };
        return SingleCall.Complete(
            context,
            new Command("revoke", "Ends a key: new calls are rejected at once, open streams within a second.") { key },
            (client, parsed, token) => client.Keys.RevokeAsync(parsed.GetRequiredValue(key), token),
            static (terminal, revoked) => terminal.Line($"key {revoked.Name} revoked"));
    }
}
