using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Calls that are cancelled or expire at random moments, beside others that are not.</summary>
internal sealed class CancellationScenario : IScenario
{
    private const int InFlight = 64;
    private const int LongestMilliseconds = 300;
    private const int Neighbours = 4;

    // What a neighbour may wait for: everything that the others could have put before it, and a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "cancellation";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        PredictRequest request = new() { Selector = new ModelSelector { Model = "models/" + Preparation.All }, Text = LoadContext.ShortText };
        ServerState before = await server.Process.StateAsync(collect: false, cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<CallRecord> neighbours = NeighboursAsync(server, request, done.Token);
        CallRecord given = await GiveUpAsync(server, request, context.Plan.CancelledCalls, cancellationToken);
        await done.CancelAsync();
        CallRecord beside = await neighbours;
        ServerState after = await QuietAsync(server, cancellationToken);
        long runs = after.Inferences - before.Inferences;

        // Counted by the server: an answer may be on its way to a client that has given up a moment before.
        long answered = after.Answered - before.Answered;
        return
        [
            Figure.Note(
                Name,
                $"of {context.Plan.CancelledCalls} calls: cancelled; expired; refused as hopeless; answered before",
                $"{given.Count(CallOutcome.Cancelled)}; {given.Count(CallOutcome.Expired)}; {given.Count(CallOutcome.Refused)}; {given.Count(CallOutcome.Answered)}"),
            Figure.Nought(Name, "calls that failed otherwise", given.Count(CallOutcome.Failed), given.FirstFailure),
            Figure.Nought(Name, "leases and queued tokens left behind", after.Leases + after.QueuedTokens),
            Figure.Nought(Name, $"neighbours without an answer, of {beside.Count(CallOutcome.Answered) + beside.Failures()}", beside.Failures(), beside.FirstFailure),
            Figure.Note(Name, "neighbours' p50; slowest", $"{Figure.Text(beside.P50, "ms")}; {Figure.Text(beside.Quantile(1, CallOutcome.Answered), "ms")}"),
            Figure.Nought(Name, "runs of the encoder begun after cancellation", after.LateInferences - before.LateInferences),
            Figure.Nought(Name, "runs of the encoder beyond those for answers and those at work when their call ended", Math.Max(0, runs - answered - (after.InferencesForNobody - before.InferencesForNobody))),
            Figure.Note(Name, "runs; of them for calls that ended meanwhile", $"{runs}; {after.InferencesForNobody - before.InferencesForNobody}"),
        ];
    }

    private static async Task<CallRecord> GiveUpAsync(LoadServer server, PredictRequest request, int calls, CancellationToken cancellationToken)
    {
        CallRecord record = new();
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken }, async (number, token) =>
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

            await CallLoop.RecordAsync(record, async _ => await server.Stub.PredictAsync(request, deadline: deadline, cancellationToken: caller.Token), token);
        });
        return record;
    }

    private static async Task<CallRecord> NeighboursAsync(LoadServer server, PredictRequest request, CancellationToken done)
    {
        CallRecord record = new();
        await Task.WhenAll(Enumerable.Range(0, Neighbours).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
            {
                await CallLoop.RecordAsync(
                    record, async token => await server.Stub.PredictAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience, cancellationToken: token), CancellationToken.None);
            }
        }));
        return record;
    }

    /// <summary>The server's state as soon as nothing is at work, or after the patience with it.</summary>
    private static async Task<ServerState> QuietAsync(LoadServer server, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        ServerState state;
        do
        {
            state = await server.Process.StateAsync(collect: false, cancellationToken);
        }
        while (state.Leases + state.QueuedTokens > 0 && TimeProvider.System.GetElapsedTime(started) < Patience);
        return state;
    }
}
