using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits cancel</c>: cancels a fit.</summary>
internal static class FitsCancelCommand
{
    public static Command Create(CliContext context)
    {
        FitArgument fit = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("cancel", "Cancels a queued or running fit; a fit that has ended stays as it is.");
        fit.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            FitInfo info = await connection.CallAsync(client => client.Fits.CancelAsync(fit.Read(parsed), token));
            json.Context(parsed).Terminal.Line(FitTable.LineOf(info));
            await json.WriteAsync(parsed, info);
            return ExitCodes.Ok;
        });
        return command;
    }
}
