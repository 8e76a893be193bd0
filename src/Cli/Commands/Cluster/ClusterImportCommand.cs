using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Cluster;
using TopicGrpc.Cluster.Importing;

namespace TopicGrpc.Cli.Commands.Cluster;

/// <summary><c>cluster import</c>: brings the data of a single server into an empty cluster.</summary>
internal static class ClusterImportCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> folder = new("dir") { Description = "Data folder of the single server, which must be stopped." };
        JsonOption json = new(context);
        Command command = new(
            "import",
            "Imports the data of a single server into an empty cluster. The environment has the options of the cluster, as for a member "
            + "(Cluster__Postgres__ConnectionString, Cluster__ObjectStore__…). A repeated call continues an interrupted import.")
        {
            folder,
        };
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            Terminal terminal = json.Context(parsed).Terminal;
            ImportedData imported = await new ClusterImport(parsed.GetRequiredValue(folder)).RunAsync(terminal.Line, token);
            terminal.Line(FormattableString.Invariant(
                $"imported {imported.Corpora} corpora with {imported.Documents:N0} documents, and {imported.Versions} versions"));
            await json.WriteAsync(parsed, imported);
            return ExitCodes.Ok;
        });
        return command;
    }
}
