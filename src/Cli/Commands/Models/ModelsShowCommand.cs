using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models show</c>: shows one version with its report.</summary>
internal static class ModelsShowCommand
{
    public static Command Create(CliContext context)
    {
        VersionArgument version = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("show", "Shows one version with its quality and warnings; --json includes its settings.");
        version.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            (string model, long number) = version.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            ModelVersion shown = await connection.CallAsync(client => client.Models.GetVersionAsync(model, number, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Write(ModelTables.Of([shown]));
            if (shown.Report?.Quality is { } quality)
            {
                terminal.Line(QualityLine.Of(quality));
            }

            foreach (string warning in shown.Report?.Warnings ?? [])
            {
                terminal.Line($"warning: {warning}");
            }

            await json.WriteAsync(parsed, ReportVersionDetails.Of(shown));
            return ExitCodes.Ok;
        });
        return command;
    }
}
