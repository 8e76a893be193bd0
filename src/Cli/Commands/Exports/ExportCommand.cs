using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary><c>export</c>: writes tables of a version for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(CliContext context) => new(
        "export", "Writes documents, topics or the map of a version as Parquet, Arrow, CSV or JSON lines.")
    {
        ExportDocumentsCommand.Create(context),
        ExportTopicsCommand.Create(context),
        ExportMapCommand.Create(context),
    };
}
