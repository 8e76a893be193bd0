using TopicGrpc.Client.Predictions;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Predictions for a given embedding: measures the server without the encoder.</summary>
internal sealed class EmbeddingScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "embedding";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        Prediction text = await server.Client.PredictAsync(
            Preparation.All, LoadContext.ShortText, new PredictOptions { IncludeEmbedding = true }, cancellationToken);
        await CallLoop.ClosedAsync(8, TimeSpan.FromSeconds(3), token => CallAsync(Preparation.All, token), cancellationToken);
        (CallRecord one, _) = await CallLoop.ClosedAsync(
            1, context.Plan.Closed, token => CallAsync(Preparation.All, token), cancellationToken);
        ServerState before = await server.Process.StateAsync(collect: true, cancellationToken);
        (CallRecord many, TimeSpan elapsed) = await CallLoop.ClosedAsync(
            32, context.Plan.Closed, token => CallAsync(Preparation.All, token), cancellationToken);
        ServerState after = await server.Process.StateAsync(collect: false, cancellationToken);
        double cost = (after.ProcessorSeconds - before.ProcessorSeconds) / Math.Max(1, many.Count(CallOutcome.Answered)) * 1_000_000;
        (CallRecord small, TimeSpan smallElapsed) = await CallLoop.ClosedAsync(
            32, context.Plan.Closed, token => CallAsync(Preparation.Some, token), cancellationToken);
        return
        [
            Figure.AtMost(Name, "embedding given, one in flight, p50", 0.6, one.P50, "ms"),
            Figure.AtLeast(Name, "embedding given, 32 in flight", 8000, many.Count(CallOutcome.Answered) / elapsed.TotalSeconds, "calls/s"),
            Figure.Note(Name, "processor time of the server per call, 32 in flight", Figure.Text(cost, "µs")),
            Figure.AtLeast(
                Name,
                "the same, a model of 1,000 documents",
                8000,
                small.Count(CallOutcome.Answered) / smallElapsed.TotalSeconds,
                "calls/s"),
            Figure.Zero(
                Name,
                "calls failed",
                one.Failures() + many.Failures() + small.Failures(),
                one.FirstFailure ?? many.FirstFailure ?? small.FirstFailure),
        ];

        Task CallAsync(string model, CancellationToken token) =>
            server.Client.Predictions.PredictEmbeddingAsync(model, text.Embedding, cancellationToken: token);
    }
}
