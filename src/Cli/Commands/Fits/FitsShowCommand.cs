using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits show</c>: shows one fit with its settings and report.</summary>
internal static class FitsShowCommand
{
    public static Command Create(CliContext context)
    {
        FitArgument fit = new();
        Command command = new("show", "Shows one fit; --json includes its settings and its report.");
        fit.AddTo(command);
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Fits.GetAsync(fit.Read(parsed), token),
            static (terminal, info) =>
            {
                terminal.Write(FitTable.Of([info]));
                if (info.ErrorMessage.Length > 0)
                {
                    terminal.Line(info.ErrorMessage);
                }
            });
    }
}
