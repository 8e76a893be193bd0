using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;

namespace TopicGrpc.Cli.Options;

/// <summary>A command that makes one call to a server and shows its answer, or writes it as JSON with <c>--json</c>.</summary>
internal static class SingleCall
{
    /// <summary>Adds the options of the server, <c>--json</c> and the action to a command that has its own arguments and options.</summary>
    /// <param name="context">Environment of the command.</param>
    /// <param name="command">The command.</param>
    /// <param name="ask">Makes the call.</param>
    /// <param name="show">Shows the answer to a person; its output is dropped with <c>--json</c>.</param>
    public static Command Complete<T>(
        CliContext context,
        Command command,
        Func<TopicGrpcClient, ParseResult, CancellationToken, Task<T>> ask,
        Action<Terminal, T> show)
    {
        ServerOption server = new(context);
        JsonOption json = new(context);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            T answer = await connection.CallAsync(client => ask(client, parsed, token));
            show(json.Context(parsed).Terminal, answer);
            await json.WriteAsync(parsed, answer);
            return ExitCodes.Ok;
        });
        return command;
    }
}
