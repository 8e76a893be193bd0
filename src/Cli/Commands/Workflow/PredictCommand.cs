using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>predict</c>: predicts the topics of given texts, or of the documents of an input.</summary>
internal static class PredictCommand
{
    // Batch limit of a server with default settings.
    private const int BatchTexts = 256;

    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string[]> texts = new("text")
        {
            Description = "Texts, each up to 1 MiB. Default: the documents of --input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> input = new("--input")
        {
            Description = $"Documents to predict, one line of output each, instead of texts. {InputReadingOptions.Inputs} Default: none.",
        };
        InputReadingOptions reading = new();
        PredictionOptions options = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "predict",
            "Predicts the topics of new texts, or of the documents of an input; then --json writes one object per line.");
        model.AddTo(command);
        command.Add(texts);
        options.AddTo(command);
        command.Add(input);
        reading.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string[] given = parsed.GetValue(texts) ?? [];
            string? path = parsed.GetValue(input);
            if (given.Length > 0 == path is not null)
            {
                throw new CliException("text and --input: exactly one must be given", ExitCodes.BadInput);
            }

            ModelSelector selector = model.Read(parsed);
            PredictOptions predict = options.Read(parsed);
            if (path is not null)
            {
                using InputSource source = reading.Open(path, parsed);
                if (source.Fields.Embedding is not null)
                {
                    throw new CliException(
                        "--embedding-field: predict sends the texts of an input, not its embeddings", ExitCodes.BadInput);
                }

                await using ServerConnection stream = server.Connect(parsed);
                PredictionLines lines = new(context, json.IsSet(parsed));
                return await stream.CallAsync(client =>
                    lines.WriteAsync(new DocumentPrediction(client, source).RunAsync(selector, predict, token)));
            }

            await using ServerConnection connection = server.Connect(parsed);
            List<(string Text, Prediction Prediction)> predictions = await connection.CallAsync(
                client => PredictAsync(client, selector, given, predict, token));
            json.Context(parsed).Terminal.Write(PredictionTable.Of(predictions));
            await json.WriteAsync(parsed, new
            {
                predictions[0].Prediction.Model,
                predictions[0].Prediction.Version,
                Predictions = predictions.Select(static p => ReportPrediction.Of(p.Text, p.Prediction)),
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<List<(string Text, Prediction Prediction)>> PredictAsync(
        TopicGrpcClient client,
        ModelSelector model,
        string[] texts,
        PredictOptions options,
        CancellationToken cancellationToken)
    {
        if (texts is [string only])
        {
            return [(only, await client.PredictAsync(model, only, options, cancellationToken))];
        }

        List<(string, Prediction)> predictions = [];
        foreach (string[] batch in texts.Chunk(BatchTexts))
        {
            IReadOnlyList<PredictionOutcome> outcomes = await client.BatchPredictAsync(model, batch, options, cancellationToken);
            predictions.AddRange(batch.Zip(outcomes, static (text, outcome) => (text, outcome.EnsureSucceeded())));
        }

        return predictions;
    }
}
