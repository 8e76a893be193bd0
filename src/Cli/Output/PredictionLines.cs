using System.Globalization;
using System.Text.Json;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Output;

/// <summary>Predictions of documents, one line each, written as they arrive.</summary>
internal sealed class PredictionLines(CliContext context, bool isJson)
{
    /// <summary>Writes the lines.</summary>
    /// <exception cref="CliException">Documents failed; the lines of all others are written.</exception>
    public async Task<int> WriteAsync(IAsyncEnumerable<(InputDocument Document, PredictionOutcome Outcome)> predictions)
    {
        long failed = 0;
        string first = "";
        await foreach ((InputDocument document, PredictionOutcome outcome) in predictions)
        {
            if (outcome.Error is { } error)
            {
                first = failed == 0 ? $"\"{document.Id}\": {error.Message}" : first;
                failed++;
            }

            await context.Results.WriteLineAsync(isJson
                ? JsonSerializer.Serialize(ReportDocumentPrediction.Of(document.Id, outcome), Json.Line)
                : Line(document.Id, outcome));
        }

        return failed == 0
            ? ExitCodes.Ok
            : throw new CliException(FormattableString.Invariant($"documents without a prediction: {failed}; the first is {first}"));
    }

    private static string Line(string id, PredictionOutcome outcome) => outcome.Prediction is { } prediction
        ? string.Create(CultureInfo.InvariantCulture, $"{id}\t{prediction.TopicId}\t{prediction.Name}\t{prediction.Probability:0.000}")
        : $"{id}\t\t{outcome.Error!.Message}\t";
}
