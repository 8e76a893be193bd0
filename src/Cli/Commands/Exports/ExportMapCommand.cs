using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Exports;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary><c>export map</c>: writes the map of a version.</summary>
internal static class ExportMapCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        ExportOptions target = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("map", "Writes the documents as points on the map, with their topics, one per row.");
        model.AddTo(command);
        target.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            ExportTarget file = target.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            ExportResult result = await connection.CallAsync(async client =>
            {
                VersionExport export = await VersionExport.OpenAsync(client, json.Context(parsed).Terminal, model.Read(parsed), token);
                return await export.MapAsync(file, token);
            });
            await json.WriteAsync(parsed, result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
