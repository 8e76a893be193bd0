using System.Collections.Concurrent;
using TopicGrpc.Client;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Predictions for a text of twelve tokens, with one and eight calls in flight.</summary>
internal sealed class PredictScenario(string precision) : IScenario
{
    /// <inheritdoc/>
    public string Name => "predict-" + precision;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        bool isFull = precision == "full";
        LoadServer server = await context.ServerAsync(precision, cancellationToken);
        TopicGrpcClient client = server.Client;
        Prediction first = await client.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: cancellationToken);

        // Warm up: tiered compilation recompiles hot methods.
        await CallLoop.ClosedAsync(4, TimeSpan.FromSeconds(3), Call, cancellationToken);
        ConcurrentBag<ServerTiming> timings = [];
        (CallRecord one, _) = await CallLoop.ClosedAsync(
            1,
            context.Plan.Closed,
            async token =>
                timings.Add((await client.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: token)).Timing),
            cancellationToken);
        (CallRecord eight, TimeSpan elapsed) = await CallLoop.ClosedAsync(8, context.Plan.Closed, Call, cancellationToken);
        double beyond = Median(timings, static timing => timing.Total - timing.Tokenization - timing.Inference - timing.Assignment);
        return
        [
            Figure.AtMost(Name, $"{first.TokenCount} tokens, one in flight, p50", isFull ? 5 : 3, one.P50, "ms"),
            Figure.Note(
                Name,
                "encoder's share of it, p50; p99 of the call",
                $"{Figure.Text(Median(timings, static timing => timing.Inference), "ms")}; {Figure.Text(one.P99, "ms")}"),
            Figure.AtMost(Name, "server's share beyond tokens, encoder, assignment, p50", 0.5, beyond, "ms"),
            Figure.AtLeast(
                Name, "eight in flight", isFull ? 350 : 800, eight.Count(CallOutcome.Answered) / elapsed.TotalSeconds, "calls/s"),
            Figure.Zero(Name, "calls failed", one.Failures() + eight.Failures(), one.FirstFailure ?? eight.FirstFailure),
        ];

        Task Call(CancellationToken token) => client.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: token);
    }

    private static double Median(IEnumerable<ServerTiming> timings, Func<ServerTiming, TimeSpan> part) =>
        Quantiles.Of([.. timings.Select(timing => part(timing).TotalMilliseconds)], 0.5);
}
