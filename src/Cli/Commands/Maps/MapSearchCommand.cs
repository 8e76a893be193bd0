using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Maps;

/// <summary><c>map search</c>: finds the documents whose text contains a string.</summary>
internal static class MapSearchCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> query = new("query") { Description = "String to look for in the texts, regardless of case." };
        Option<int> count = new("--count")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of documents to list, 1 or more.",
            DefaultValueFactory = static _ => 20,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("search", "Finds the training documents whose text contains a string.");
        model.AddTo(command);
        command.Add(query);
        command.Add(count);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            MapMatches found = await connection.CallAsync(
                client => client.Maps.SearchAsync(model.Read(parsed), parsed.GetRequiredValue(query), token));
            ModelSelector version = new(found.Model) { Version = found.Version };
            IReadOnlyList<MapDocument> documents = await connection.CallAsync(client =>
                client.Maps.GetDocumentsAsync(version, found.Rows.Take(parsed.GetValue(count)), cancellationToken: token));
            json.Context(parsed).Terminal.Heading(
                FormattableString.Invariant($"{found.Model}@{found.Version}: {found.Count:N0} documents"));
            json.Context(parsed).Terminal.Write(MapTables.Of(documents));
            await json.WriteAsync(parsed, new { found.Model, found.Version, found.Count, Documents = documents });
            return ExitCodes.Ok;
        });
        return command;
    }
}
