using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Exports;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary>A command of <c>export</c>: opens a version, writes one of its tables to a file, and reports what it wrote.</summary>
internal static class VersionExportCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="context">Terminal and output.</param>
    /// <param name="name">Name of the table.</param>
    /// <param name="description">What the command writes.</param>
    /// <param name="write">Writes the table.</param>
    /// <param name="addOptions">Adds the options of this command alone; null for none.</param>
    public static Command Create(
        CliContext context,
        string name,
        string description,
        Func<VersionExport, ParseResult, ExportTarget, CancellationToken, Task<ExportResult>> write,
        Action<Command>? addOptions = null)
    {
        ModelArgument model = new();
        ExportOptions target = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(name, description);
        model.AddTo(command);
        target.AddTo(command);
        addOptions?.Invoke(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            ExportTarget file = target.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            ExportResult result = await connection.CallAsync(async client =>
            {
                VersionExport export = await VersionExport.OpenAsync(client, json.Context(parsed).Terminal, model.Read(parsed), token);
                return await write(export, parsed, file, token);
            });
            await json.WriteAsync(parsed, result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
