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

/// <summary><c>predict</c>: predicts the topics of new texts.</summary>
internal static class PredictCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string[]> texts = new("text") { Description = "One or more texts, each up to 1 MiB.", Arity = ArgumentArity.OneOrMore };
        Option<bool> probabilities = new("--probabilities") { Description = "Return the probabilities of all topics." };
        Option<bool> path = new("--path") { Description = "Return the topic of each layer, from fine to coarse." };
        Option<string?> key = new("--key")
        {
            Description = "Routing key, up to 128 bytes: a traffic policy sends equal keys to the same version. Default: the text is the "
                + "key.",
        };
        Option<bool> asNew = new("--as-new") { Description = "Answer as if the texts were not documents of the version." };
        PredictModeOption mode = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("predict", "Predicts the topics of new texts.");
        model.AddTo(command);
        command.Add(texts);
        command.Add(probabilities);
        command.Add(path);
        command.Add(key);
        command.Add(asNew);
        mode.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ModelSelector selector = model.Read(parsed);
            PredictOptions options = new()
            {
                IncludeProbabilities = parsed.GetValue(probabilities),
                IncludePath = parsed.GetValue(path),
                Mode = mode.Read(parsed),
                RoutingKey = parsed.GetValue(key),
                AsNewText = parsed.GetValue(asNew),
            };
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
