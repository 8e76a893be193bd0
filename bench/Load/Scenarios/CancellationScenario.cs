using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Calls that are canceled or expire at random times, next to calls that are not.</summary>
internal sealed class CancellationScenario : IScenario
{
    private const int InFlight = 64;
    private const int LongestMilliseconds = 300;
    private const int UndisturbedCalls = 4;

    // Maximum latency of an undisturbed call: the work that the others can queue before it, on a busy machine.
    private static readonly TimeSpan MostLatency = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "cancellation";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        PredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/" + Preparation.All },
            Text = LoadContext.ShortText,
        };
        ServerState before = await server.Process.StateAsync(collect: false, cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<CallRecord> undisturbed = UndisturbedAsync(server, request, done.Token);
        CallRecord given = await CancelAsync(server, request, context.Plan.CanceledCalls, cancellationToken);
        await done.CancelAsync();
        CallRecord beside = await undisturbed;
        ServerState after = await QuietAsync(server, cancellationToken);
        long runs = after.Inferences - before.Inferences;

        // The server counts: an answer can be in transfer to a client that has just canceled.
        long answered = after.Answered - before.Answered;
        return
        [
            Figure.Note(
                Name,
                $"of {context.Plan.CanceledCalls} calls: canceled; expired; rejected; answered before",
                $"{given.Count(CallOutcome.Canceled)}; {given.Count(CallOutcome.Expired)}; "
                + $"{given.Count(CallOutcome.Rejected)}; {given.Count(CallOutcome.Answered)}"),
            Figure.Zero(Name, "calls that failed for another reason", given.Count(CallOutcome.Failed), given.FirstFailure),
            Figure.Zero(Name, "leases and queued tokens at the end", after.Leases + after.QueuedTokens),
            Figure.Zero(
                Name,
                $"undisturbed calls without an answer, of {beside.Count(CallOutcome.Answered) + beside.Failures()}",
                beside.Failures(),
                beside.FirstFailure),
            Figure.Note(
                Name,
                "undisturbed calls, p50; slowest",
                $"{Figure.Text(beside.P50, "ms")}; {Figure.Text(beside.Quantile(1, CallOutcome.Answered), "ms")}"),
            Figure.Zero(Name, "inferences that started after cancellation", after.LateInferences - before.LateInferences),
            Figure.Zero(
                Name,
                "inferences beyond those for answers and those running when their call ended",
                Math.Max(0, runs - answered - (after.AbandonedInferences - before.AbandonedInferences))),
            Figure.Note(
                Name,
                "inferences; of them for calls that ended during inference",
                $"{runs}; {after.AbandonedInferences - before.AbandonedInferences}"),
        ];
    }

    private static async Task<CallRecord> CancelAsync(
        LoadServer server,
        PredictRequest request,
        int calls,
        CancellationToken cancellationToken)
    {
        CallRecord record = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, calls, options, async (number, token) =>
        {
            Random random = new(number);
            var patience = TimeSpan.FromMilliseconds(random.NextDouble() * LongestMilliseconds);
            using CancellationTokenSource caller = new();
            DateTime? deadline = null;
            if (number % 2 == 0)
            {
                caller.CancelAfter(patience);
            }
            else
            {
                deadline = TimeProvider.System.GetUtcNow().UtcDateTime + patience;
            }

            await CallLoop.RecordAsync(
                record, async _ => await server.Stub.PredictAsync(request, deadline: deadline, cancellationToken: caller.Token), token);
        });
        return record;
    }

    private static async Task<CallRecord> UndisturbedAsync(LoadServer server, PredictRequest request, CancellationToken done)
    {
        CallRecord record = new();
        await Task.WhenAll(Enumerable.Range(0, UndisturbedCalls).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
            {
                await CallLoop.RecordAsync(
                    record,
                    async token =>
                        await server.Stub.PredictAsync(
                            request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + MostLatency, cancellationToken: token),
                    CancellationToken.None);
            }
        }));
        return record;
    }

    /// <summary>Returns the server's state when no call is in flight, or after the timeout.</summary>
    private static async Task<ServerState> QuietAsync(LoadServer server, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        ServerState state;
        do
        {
            state = await server.Process.StateAsync(collect: false, cancellationToken);
        }
        while (state.Leases + state.QueuedTokens > 0 && TimeProvider.System.GetElapsedTime(started) < MostLatency);
        return state;
    }
}
