using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics over-time</c>: lists words and sizes of topics over time.</summary>
internal static class TopicsOverTimeCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Option<int?> bins = new("--bins")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of bins of equal width, 1 to 1,000. Default: one point for each distinct time.",
        };
        Option<bool> noGlobal = new("--no-global-tuning")
        {
            Description = "Do not average the words with those of the topic in the whole model.",
        };
        Option<bool> noEvolution = new("--no-evolution-tuning")
        {
            Description = "Do not average the words with those of the topic at the previous time.",
        };
        Option<int[]> topics = new("--topic")
        {
            CustomParser = NumberParsing.WholeNumbers,
            Description = "Number of a topic to list; repeatable. Default: all topics.",
        };
        AssignedCorpusOption corpus = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("over-time", "Lists words and sizes of the topics at each point in time.");
        model.AddTo(command);
        command.Add(bins);
        command.Add(noGlobal);
        command.Add(noEvolution);
        command.Add(topics);
        corpus.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            TopicsOverTimeOptions options = new()
            {
                BinCount = parsed.GetValue(bins),
                GlobalTuning = !parsed.GetValue(noGlobal),
                EvolutionTuning = !parsed.GetValue(noEvolution),
                TopicIds = parsed.GetValue(topics) ?? [],
                Corpus = corpus.Read(parsed),
            };
            TopicsOverTime result = await connection.CallAsync(client =>
                client.Topics.ListOverTimeAsync(model.Read(parsed), options, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Heading(FormattableString.Invariant($"{result.Model}@{result.Version}"));
            terminal.Write(TopicQueryTables.Of(result));
            if (result.UndatedCount > 0)
            {
                terminal.Line(FormattableString.Invariant($"{result.UndatedCount} documents without a time are omitted"));
            }

            await json.WriteAsync(parsed, result);
            return ExitCodes.Ok;
        });
        return command;
    }
}
