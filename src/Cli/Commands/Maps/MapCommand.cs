using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Maps;

/// <summary><c>map</c>: writes the points of a map to a file; subcommands query the map.</summary>
internal static class MapCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Option<string> file = new("--out")
        {
            Description = "File to write: CSV, or JSON lines if its name ends with .jsonl.",
            DefaultValueFactory = static _ => "map.csv",
        };
        Option<string?> attribute = new("--attribute")
        {
            Description = "Attribute of the documents to add as a column. Default: none.",
        };
        Option<bool> times = new("--times") { Description = "Add the times of the documents as a column." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("map", "Writes the documents of a model as points on a plane. Subcommands query the map.")
        {
            MapColumnsCommand.Create(context),
            MapSearchCommand.Create(context),
            MapLocateCommand.Create(context),
        };
        model.AddTo(command);
        command.Add(file);
        command.Add(attribute);
        command.Add(times);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string path = parsed.GetRequiredValue(file);
            await using ServerConnection connection = server.Connect(parsed);
            TopicMap map = await connection.CallAsync(client => client.Maps.GetAsync(model.Read(parsed), token));
            ModelSelector version = new(map.Model) { Version = map.Version };
            MapClasses? classes = parsed.GetValue(attribute) is { } name
                ? await connection.CallAsync(client => client.Maps.GetClassesAsync(version, name, token))
                : null;
            MapTimes? seconds = parsed.GetValue(times)
                ? await connection.CallAsync(client => client.Maps.GetTimesAsync(version, token))
                : null;
            await connection.CallAsync(async client =>
            {
                await new MapFile(map, classes, seconds).WriteAsync(
                    path, client.Topics.ListDocumentsAsync(version, cancellationToken: token), token);
                return true;
            });
            json.Context(parsed).Terminal.Line(
                FormattableString.Invariant($"wrote {path}, {map.Count:N0} points of {map.Model}@{map.Version}"));
            await json.WriteAsync(parsed, new { map.Model, map.Version, map.Etag, map.Bounds, map.Labels, File = Path.GetFullPath(path) });
            return ExitCodes.Ok;
        });
        return command;
    }
}
