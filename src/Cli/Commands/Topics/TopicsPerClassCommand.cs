using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics per-class</c>: lists words and sizes of topics per class.</summary>
internal static class TopicsPerClassCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> attribute = new("attribute") { Description = "Attribute of the documents whose values are the classes." };
        Option<bool> noGlobal = new("--no-global-tuning")
        {
            Description = "Do not average the words with those of the topic in the whole model.",
        };
        Option<int[]> topics = new("--topic")
        {
            CustomParser = NumberParsing.WholeNumbers,
            Description = "Number of a topic to list; repeatable. Default: all topics.",
        };
        AssignedCorpusOption corpus = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("per-class", "Lists words and sizes of the topics in each class of documents.");
        model.AddTo(command);
        command.Add(attribute);
        command.Add(noGlobal);
        command.Add(topics);
        corpus.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            TopicsPerClassOptions options = new()
            {
                GlobalTuning = !parsed.GetValue(noGlobal),
                TopicIds = parsed.GetValue(topics) ?? [],
                Corpus = corpus.Read(parsed),
            };
            TopicsPerClass result = await connection.CallAsync(client =>
                client.Topics.ListPerClassAsync(model.Read(parsed), parsed.GetRequiredValue(attribute), options, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Heading(FormattableString.Invariant($"{result.Model}@{result.Version}"));
            terminal.Write(TopicQueryTables.Of(result));
            if (result.UnclassifiedCount > 0)
            {
                terminal.Line(FormattableString.Invariant($"{result.UnclassifiedCount} documents without the attribute are omitted"));
            }

            await json.WriteAsync(parsed, result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
