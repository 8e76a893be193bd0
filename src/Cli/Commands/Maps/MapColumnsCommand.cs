using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maps;

namespace TopicGrpc.Cli.Commands.Maps;

/// <summary><c>map columns</c>: lists the attributes and times of the documents on a map.</summary>
internal static class MapColumnsCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("columns", "Lists the attributes of the documents and the range of their times.");
        model.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            MapColumns columns = await connection.CallAsync(client => client.Maps.ListColumnsAsync(model.Read(parsed), token));
            json.Context(parsed).Terminal.Heading(FormattableString.Invariant($"{columns.Model}@{columns.Version}"));
            json.Context(parsed).Terminal.Write(MapTables.Of(columns));
            await json.WriteAsync(parsed, columns);
            return ExitCodes.Ok;
        });
        return command;
    }
}
