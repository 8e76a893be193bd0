using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary><c>export map</c>: writes the map of a version.</summary>
internal static class ExportMapCommand
{
    public static Command Create(CliContext context) => VersionExportCommand.Create(
        context,
        "map",
        "Writes the documents as points on the map, with their topics, one per row.",
        static (export, _, file, token) => export.MapAsync(file, token));
}
