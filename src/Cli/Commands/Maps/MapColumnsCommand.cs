using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Maps;

/// <summary><c>map columns</c>: lists the attributes and times of the documents on a map.</summary>
internal static class MapColumnsCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Command command = new("columns", "Lists the attributes of the documents and the range of their times.");
        model.AddTo(command);
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Maps.ListColumnsAsync(model.Read(parsed), token),
            static (terminal, columns) =>
            {
                terminal.Heading(FormattableString.Invariant($"{columns.Model}@{columns.Version}"));
                terminal.Write(MapTables.Of(columns));
            });
    }
}
