using TopicGrpc.Client;
using TopicGrpc.Client.Models;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>A label moves on and is put back, again and again, beside an open loop of calls: the version that it goes back to is in memory, and nothing is read for it.</summary>
internal sealed class RollbackScenario : IScenario
{
    private const double Rate = 50;
    private const string Label = "stable";

    /// <inheritdoc/>
    public string Name => "rollback";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", cancellationToken);
        TopicGrpcClient client = server.Client;

        // Both versions are in memory from here on.
        await client.Models.SetLabelAsync(Preparation.Some, Label, 2, cancellationToken);
        await client.Models.SetLabelAsync(Preparation.Some, Label, 1, cancellationToken);
        ServerState before = await server.Process.StateAsync(collect: false, cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<CallRecord> beside = BesideAsync(server, done.Token);
        CallRecord rollbacks = new();
        int wrong = 0;
        for (int number = 0; number < context.Plan.Rollbacks; number++)
        {
            await client.Models.SetLabelAsync(Preparation.Some, Label, 2, cancellationToken);
            ModelInfo? model = null;
            await CallLoop.RecordAsync(rollbacks, async token => model = await client.Models.RollbackLabelAsync(Preparation.Some, Label, cancellationToken: token), cancellationToken);
            long answering = (await client.PredictAsync(Preparation.Some, LoadContext.ShortText, cancellationToken: cancellationToken)).Version;
            wrong += model?.Labels[Label] == 1 && answering == 1 ? 0 : 1;
        }

        await done.CancelAsync();
        CallRecord calls = await beside;
        ServerState after = await server.Process.StateAsync(collect: false, cancellationToken);
        return
        [
            Figure.AtMost(Name, $"p99 of {context.Plan.Rollbacks} rollbacks to a version in memory, beside {Figure.Text(Rate)} calls/s", 50, rollbacks.P99, "ms"),
            Figure.Note(Name, "p50; slowest", $"{Figure.Text(rollbacks.P50, "ms")}; {Figure.Text(rollbacks.Quantile(1, CallOutcome.Answered), "ms")}"),
            Figure.Nought(Name, "versions loaded meanwhile", after.Loads - before.Loads),
            Figure.Nought(Name, "rollbacks after which another version answered", wrong),
            Figure.Nought(Name, $"rollbacks and calls failed, of {calls.Count(CallOutcome.Answered) + calls.Failures()} calls", rollbacks.Failures() + calls.Failures(), rollbacks.FirstFailure ?? calls.FirstFailure),
        ];
    }

    /// <summary>One second of calls after another, until told to stop.</summary>
    private static async Task<CallRecord> BesideAsync(LoadServer server, CancellationToken done)
    {
        CallRecord record = new();
        while (!done.IsCancellationRequested)
        {
            record.Add(await CallLoop.OpenAsync(
                Rate, TimeSpan.FromSeconds(1), token => server.Client.PredictAsync(Preparation.Some, LoadContext.ShortText, cancellationToken: token), CancellationToken.None));
        }

        return record;
    }
}
