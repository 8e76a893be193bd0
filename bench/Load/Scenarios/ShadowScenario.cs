using TopicGrpc.Client;
using TopicGrpc.Client.Models;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Half of the capacity, alternately with and without a shadow version that receives a copy of every text. Answers must be
/// equal and hardly slower, and every copy must be accounted for; also beyond capacity, where copies can be dropped.
/// </summary>
internal sealed class ShadowScenario : IScenario
{
    private const double Share = 0.5;
    private const int Overload = 32;

    private static readonly TrafficPolicy Shadowed = new() { ShadowVersion = 2 };

    /// <inheritdoc/>
    public string Name => "shadow";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        TopicGrpcClient client = server.Client;
        await client.Models.SetLabelAsync(Preparation.Some, "stable", 1, cancellationToken);
        CheckedCalls calls = await CheckedCalls.CreateAsync(client, context.Texts(CheckedCalls.Texts), cancellationToken);
        (_, double capacity) = await CallLoop.CapacityAsync(context.Plan.Closed, calls.CallAsync, cancellationToken);
        CallRecord without = new();
        CallRecord with = new();
        List<ShadowReport> reports = [];
        for (int window = 0; window < context.Plan.MoveWindows; window++)
        {
            if (window % 2 == 0)
            {
                without.Add(await CallLoop.OpenAsync(Share * capacity, context.Plan.MoveWindow, calls.CallAsync, cancellationToken));
                continue;
            }

            await client.Models.SetTrafficPolicyAsync(Preparation.Some, Shadowed, cancellationToken: cancellationToken);
            CallRecord record = await CallLoop.OpenAsync(Share * capacity, context.Plan.MoveWindow, calls.CallAsync, cancellationToken);
            reports.Add(await EndAsync(client, record.Count(CallOutcome.Answered), cancellationToken));
            with.Add(record);
        }

        await client.Models.SetTrafficPolicyAsync(Preparation.Some, Shadowed, cancellationToken: cancellationToken);
        (CallRecord over, TimeSpan overElapsed) = await CallLoop.ClosedAsync(
            Overload, context.Plan.Closed, calls.CallWithEmbeddingAsync, cancellationToken);
        ShadowReport overCopies = await EndAsync(client, over.Count(CallOutcome.Answered), cancellationToken);
        long compared = reports.Sum(static report => report.Compared);
        long dropped = reports.Sum(static report => report.Dropped);
        int failed = without.Failures() + with.Failures() + over.Failures();
        return
        [
            Figure.AtMost(
                Name,
                $"p50 with a shadow of all texts over p50 without, at half of {Figure.Text(capacity, "calls/s")}",
                1.05,
                with.P50 / without.P50),
            Figure.Note(
                Name,
                "p50, p99 without; p50, p99 with",
                $"{Figure.Text(without.P50)}, {Figure.Text(without.P99, "ms")}; {Figure.Text(with.P50)}, {Figure.Text(with.P99, "ms")}"),
            Figure.Zero(
                Name,
                "answers that changed, of "
                + (without.Count(CallOutcome.Answered) + with.Count(CallOutcome.Answered) + over.Count(CallOutcome.Answered)),
                calls.Changed),
            Figure.Zero(Name, "answers minus compared and dropped copies", with.Count(CallOutcome.Answered) - compared - dropped),
            Figure.Note(
                Name,
                "compared copies; of them different; dropped",
                $"{compared}; {reports.Sum(static report => report.Disagreed)}; {dropped}"),
            Figure.Zero(
                Name,
                $"the same beyond capacity ({Overload} in flight, embedding given)",
                over.Count(CallOutcome.Answered) - overCopies.Compared - overCopies.Dropped),
            Figure.Note(
                Name,
                "answers/s beyond capacity; copies compared; dropped",
                $"{Figure.Text(over.Count(CallOutcome.Answered) / overElapsed.TotalSeconds)}; {overCopies.Compared}; {overCopies.Dropped}"),
            Figure.Zero(Name, "calls failed", failed, without.FirstFailure ?? with.FirstFailure ?? over.FirstFailure),
        ];
    }

    /// <summary>Ends the shadow after its copies are processed; they are processed after the calls.</summary>
    /// <returns>Report of the copies.</returns>
    private static async Task<ShadowReport> EndAsync(TopicGrpcClient client, long answered, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        ShadowReport report;
        do
        {
            report = await client.Models.GetShadowReportAsync(Preparation.Some, cancellationToken: cancellationToken);
        }
        while (report.Compared + report.Dropped + report.Failed < answered
            && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));

        await client.Models.SetTrafficPolicyAsync(Preparation.Some, TrafficPolicy.None, cancellationToken: cancellationToken);
        return report;
    }
}
