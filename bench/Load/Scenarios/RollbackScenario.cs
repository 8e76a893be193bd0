using TopicGrpc.Client;
using TopicGrpc.Client.Models;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A label moves to the next version and back repeatedly during an open loop of calls. The previous version is still
/// loaded, so a rollback reads nothing from disk.
/// </summary>
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

        // Both versions are loaded from here on.
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
            await CallLoop.RecordAsync(
                rollbacks,
                async token => model = await client.Models.RollbackLabelAsync(Preparation.Some, Label, cancellationToken: token),
                cancellationToken);
            long answering = (
                await client.PredictAsync(Preparation.Some, LoadContext.ShortText, cancellationToken: cancellationToken)).Version;
            wrong += model?.Labels[Label] == 1 && answering == 1 ? 0 : 1;
        }

        await done.CancelAsync();
        CallRecord calls = await beside;
        ServerState after = await server.Process.StateAsync(collect: false, cancellationToken);
        return
        [
            Figure.AtMost(
                Name,
                $"p99 of {context.Plan.Rollbacks} rollbacks to a loaded version, at {Figure.Text(Rate)} calls/s",
                50,
                rollbacks.P99,
                "ms"),
            Figure.Note(
                Name,
                "p50; slowest",
                $"{Figure.Text(rollbacks.P50, "ms")}; {Figure.Text(rollbacks.Quantile(1, CallOutcome.Answered), "ms")}"),
            Figure.Zero(Name, "versions loaded during the calls", after.Loads - before.Loads),
            Figure.Zero(Name, "rollbacks after which another version answered", wrong),
            Figure.Zero(
                Name,
                $"rollbacks and calls failed, of {calls.Count(CallOutcome.Answered) + calls.Failures()} calls",
                rollbacks.Failures() + calls.Failures(),
                rollbacks.FirstFailure ?? calls.FirstFailure),
        ];
    }

    /// <summary>Runs loops of one second until canceled.</summary>
    private static async Task<CallRecord> BesideAsync(LoadServer server, CancellationToken done)
    {
        CallRecord record = new();
        while (!done.IsCancellationRequested)
        {
            record.Add(await CallLoop.OpenAsync(
                Rate,
                TimeSpan.FromSeconds(1),
                token => server.Client.PredictAsync(Preparation.Some, LoadContext.ShortText, cancellationToken: token),
                CancellationToken.None));
        }

        return record;
    }
}
