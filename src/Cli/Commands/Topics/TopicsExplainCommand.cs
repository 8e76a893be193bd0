using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics explain</c>: explains why a text belongs to a topic.</summary>
internal static class TopicsExplainCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> text = new("text") { Description = "Text to explain, up to 1 MiB." };
        Option<int?> topic = new("--topic")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of the topic to explain. Default: the predicted topic or, for an outlier, the most probable one.",
        };
        Option<bool> tokens = new("--tokens") { Description = "Add the contribution of every word." };
        PredictModeOption mode = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("explain", "Predicts the topic of a text and explains the prediction.");
        model.AddTo(command);
        command.Add(text);
        command.Add(topic);
        command.Add(tokens);
        mode.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ExplainOptions options = new()
            {
                TopicId = parsed.GetValue(topic),
                IncludeTokens = parsed.GetValue(tokens),
                Mode = mode.Read(parsed),
            };
            string given = parsed.GetRequiredValue(text);
            Explanation explanation = await connection.CallAsync(client =>
                client.Predictions.ExplainAsync(model.Read(parsed), given, options, token));
            ExplanationTables.Write(json.Context(parsed).Terminal, explanation);
            await json.WriteAsync(parsed, ReportExplanation.Of(given, explanation));
            return ExitCodes.Ok;
        });
        return command;
    }
}
