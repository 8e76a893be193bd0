using TopicGrpc.Client;
using TopicGrpc.Client.Models;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Half of what the server can answer, with a second version that answers a copy of every text and without it in turns: the
/// answers are the same, hardly later, and every copy is accounted for; beyond capacity too, where copies may be thrown away.
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
        (CallRecord over, TimeSpan overElapsed) = await CallLoop.ClosedAsync(Overload, context.Plan.Closed, calls.CallWithEmbeddingAsync, cancellationToken);
        ShadowReport overCopies = await EndAsync(client, over.Count(CallOutcome.Answered), cancellationToken);
        long compared = reports.Sum(static report => report.Compared);
        long dropped = reports.Sum(static report => report.Dropped);
        int failed = without.Failures() + with.Failures() + over.Failures();
        return
        [
            Figure.AtMost(Name, $"p50 with a shadow of all texts over p50 without, at half of {Figure.Text(capacity, "calls/s")}", 1.05, with.P50 / without.P50),
            Figure.Note(Name, "p50, p99 without; p50, p99 with", $"{Figure.Text(without.P50)}, {Figure.Text(without.P99, "ms")}; {Figure.Text(with.P50)}, {Figure.Text(with.P99, "ms")}"),
            Figure.Nought(Name, $"answers that changed, of {without.Count(CallOutcome.Answered) + with.Count(CallOutcome.Answered) + over.Count(CallOutcome.Answered)}", calls.Changed),
            Figure.Nought(Name, "answers less copies compared and dropped", with.Count(CallOutcome.Answered) - compared - dropped),
            Figure.Note(Name, "copies compared; of them disagreed; dropped", $"{compared}; {reports.Sum(static report => report.Disagreed)}; {dropped}"),
            Figure.Nought(Name, $"the same beyond capacity ({Overload} in flight, embedding given)", over.Count(CallOutcome.Answered) - overCopies.Compared - overCopies.Dropped),
            Figure.Note(Name, "answers/s beyond capacity; copies compared; dropped", $"{Figure.Text(over.Count(CallOutcome.Answered) / overElapsed.TotalSeconds)}; {overCopies.Compared}; {overCopies.Dropped}"),
            Figure.Nought(Name, "calls failed", failed, without.FirstFailure ?? with.FirstFailure ?? over.FirstFailure),
        ];
    }

    /// <summary>Ends the shadow once its copies are done, for they are answered after the calls.</summary>
    /// <returns>What became of them.</returns>
    private static async Task<ShadowReport> EndAsync(TopicGrpcClient client, long answered, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        ShadowReport report;
        do
        {
            report = await client.Models.GetShadowReportAsync(Preparation.Some, cancellationToken: cancellationToken);
        }
        while (report.Compared + report.Dropped + report.Failed < answered && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10));

        await client.Models.SetTrafficPolicyAsync(Preparation.Some, TrafficPolicy.None, cancellationToken: cancellationToken);
        return report;
    }
}
