using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits cancel</c>: cancels a fit.</summary>
internal static class FitsCancelCommand
{
    public static Command Create(CliContext context)
    {
        FitArgument fit = new();
        Command command = new("cancel", "Cancels a queued or running fit; a fit that has ended stays as it is.");
        fit.AddTo(command);
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Fits.CancelAsync(fit.Read(parsed), token),
            static (terminal, info) => terminal.Line(FitTable.LineOf(info)));
    }
}
