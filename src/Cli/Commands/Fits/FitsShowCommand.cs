using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits show</c>: shows one fit with its settings and report.</summary>
internal static class FitsShowCommand
{
    public static Command Create(CliContext context)
    {
        FitArgument fit = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("show", "Shows one fit; --json includes its settings and its report.");
        fit.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            FitInfo info = await connection.CallAsync(client => client.Fits.GetAsync(fit.Read(parsed), token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Write(FitTable.Of([info]));
            if (info.ErrorMessage.Length > 0)
            {
                terminal.Line(info.ErrorMessage);
            }

            await json.WriteAsync(parsed, info);
            return ExitCodes.Ok;
        });
        return command;
    }
}
