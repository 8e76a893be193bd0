using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Maps;

/// <summary><c>map locate</c>: returns the position of a text.</summary>
internal static class MapLocateCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> text = new("text") { Description = "The text, up to 1 MiB." };
        Command command = new("locate", "Returns the position of a text on the map, and the row of the nearest document.");
        model.AddTo(command);
        command.Add(text);
        return SingleCall.Complete(
            context,
            command,
            (client, parsed, token) => client.Maps.LocateAsync(model.Read(parsed), parsed.GetRequiredValue(text), token),
            static (terminal, position) => terminal.Line(FormattableString.Invariant(
                $"{position.Model}@{position.Version}: x {position.X:0.000}, y {position.Y:0.000}, nearest row {position.NearestRow}")));
    }
}
