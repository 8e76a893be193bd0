using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>predict</c>: topics of new texts.</summary>
internal static class PredictCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Model, with a version or a label where wanted: news, news@7, news@stable." };
        Argument<string[]> texts = new("text") { Description = "One or more texts.", Arity = ArgumentArity.OneOrMore };
        Option<bool> probabilities = new("--probabilities") { Description = "Return the probability of every topic." };
        Option<string?> key = new("--key") { Description = "Routing key: requests of equal keys go to the same side of a traffic split. Default: the text decides." };
        PredictModeOption mode = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("predict", "Tells the topics of new texts.") { model, texts, probabilities, key };
        mode.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            var selector = ModelSelector.FromString(parsed.GetRequiredValue(model));
            PredictOptions options = new() { IncludeProbabilities = parsed.GetValue(probabilities), Mode = mode.Read(parsed), RoutingKey = parsed.GetValue(key) };
            List<(string Text, Prediction Prediction)> predictions = [];
            foreach (string text in parsed.GetRequiredValue(texts))
            {
                predictions.Add((text, await connection.CallAsync(client => client.PredictAsync(selector, text, options, token))));
            }

            json.Context(parsed).Terminal.Write(PredictionTable.Of(predictions));
            await json.WriteAsync(parsed, new
            {
                predictions[0].Prediction.Model,
                predictions[0].Prediction.Version,
                Predictions = predictions.Select(p => ReportPrediction.Of(p.Text, p.Prediction)),
            });
            return ExitCodes.Ok;
        });
        return command;
    }
}
