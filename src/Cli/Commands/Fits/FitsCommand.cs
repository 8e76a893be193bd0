using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits</c>: fits and derivations of a server.</summary>
internal static class FitsCommand
{
    public static Command Create(CliContext context) => new(
        "fits", "Lists, shows, watches and cancels fits and derivations; estimates fits.")
    {
        FitsListCommand.Create(context),
        FitsShowCommand.Create(context),
        FitsWatchCommand.Create(context),
        FitsCancelCommand.Create(context),
        FitsEstimateCommand.Create(context),
    };
}
