using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora update</c>: changes the display name or the retention of a corpus.</summary>
internal static class CorporaUpdateCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> corpus = new("corpus") { Description = "Id of the corpus." };
        Option<string?> displayName = new("--display-name") { Description = "Human-readable name. Default: unchanged." };
        Option<int?> days = new("--retention-days")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Age in days at which documents are erased, by their time; 0: never. Default: unchanged.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("update", "Changes the display name or the retention of a corpus.") { corpus, displayName, days };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            UpdateCorpusOptions options = new()
            {
                DisplayName = parsed.GetValue(displayName),
                Retention = parsed.GetValue(days) is { } given ? TimeSpan.FromDays(given) : null,
            };
            if (options is { DisplayName: null, Retention: null })
            {
                throw new CliException("give --display-name or --retention-days", ExitCodes.BadInput);
            }

            await using ServerConnection connection = server.Connect(parsed);
            CorpusInfo info = await connection.CallAsync(client => client.Corpora.UpdateAsync(
                parsed.GetRequiredValue(corpus), options, token));
            json.Context(parsed).Terminal.Write(CorpusTable.Of([info]));
            await json.WriteAsync(parsed, info);
            return ExitCodes.Ok;
        });
        return command;
    }
}
