using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Keys;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys list</c>: lists keys without their secrets.</summary>
internal static class KeysListCommand
{
    public static Command Create(CliContext context)
    {
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("list", "Lists keys, revoked ones included, without their secrets.");
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            List<ApiKeyInfo> keys = await connection.CallAsync(async client => await client.Keys.ListAsync(token).ToListAsync(token));
            json.Context(parsed).Terminal.Write(KeyTable.Of(keys, context.Clock.GetUtcNow()));
            await json.WriteAsync(parsed, keys);
            return ExitCodes.Ok;
        });
        return command;
    }
}
