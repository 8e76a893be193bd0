using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics search</c>: finds the topics most similar to a text.</summary>
internal static class TopicsSearchCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> query = new("query") { Description = "Text to search for, up to 1 MiB." };
        Option<int> count = new("--count")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of topics to list, the most similar first, 1 to 100.",
            DefaultValueFactory = _ => 5,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("search", "Finds the topics whose embeddings are most similar to a text.");
        model.AddTo(command);
        command.Add(query);
        command.Add(count);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            TopicSearchResult found = await connection.CallAsync(client =>
                client.Topics.SearchAsync(model.Read(parsed), parsed.GetRequiredValue(query), parsed.GetValue(count), token));
            json.Context(parsed).Terminal.Heading(FormattableString.Invariant($"{found.Model}@{found.Version}"));
            json.Context(parsed).Terminal.Write(TopicQueryTables.Of(found));
            await json.WriteAsync(parsed, new
            {
                found.Model,
                found.Version,
                Hits = found.Hits.Select(hit => new { hit.Similarity, Topic = ReportTopic.Of(hit.Topic) }),
            });
            return ExitCodes.Ok;
        });
        return command;
    }
}
