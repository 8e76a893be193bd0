using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Keys;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys revoke</c>: ends a key.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> key = new("key") { Description = "Id of the key." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("revoke", "Ends a key: new calls are rejected at once, open streams within a second.") { key };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            string id = parsed.GetRequiredValue(key);
            ApiKeyInfo revoked = await connection.CallAsync(client => client.Keys.RevokeAsync(id, token));
            json.Context(parsed).Terminal.Line($"key {revoked.Name} revoked");
            await json.WriteAsync(parsed, revoked);
            return ExitCodes.Ok;
        });
        return command;
    }
}
