using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maps;

namespace TopicGrpc.Cli.Commands.Maps;

/// <summary><c>map locate</c>: returns the position of a text.</summary>
internal static class MapLocateCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> text = new("text") { Description = "The text, up to 1 MiB." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("locate", "Returns the position of a text on the map, and the row of the nearest document.");
        model.AddTo(command);
        command.Add(text);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            MapPosition position = await connection.CallAsync(
                client => client.Maps.LocateAsync(model.Read(parsed), parsed.GetRequiredValue(text), token));
            json.Context(parsed).Terminal.Line(FormattableString.Invariant(
                $"{position.Model}@{position.Version}: x {position.X:0.000}, y {position.Y:0.000}, nearest row {position.NearestRow}"));
            await json.WriteAsync(parsed, position);
            return ExitCodes.Ok;
        });
        return command;
    }
}
