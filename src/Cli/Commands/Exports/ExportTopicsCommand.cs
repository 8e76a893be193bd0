using System.CommandLine;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Exports;

/// <summary><c>export topics</c>: writes the topics of a version.</summary>
internal static class ExportTopicsCommand
{
    public static Command Create(CliContext context) => VersionExportCommand.Create(
        context,
        "topics",
        "Writes the topics with sizes, words, weights, parents and coherence, one per row.",
        static (export, _, file, token) => export.TopicsAsync(file, token));
}
