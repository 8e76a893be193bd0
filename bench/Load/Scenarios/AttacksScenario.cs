using TopicGrpc.Load.Attacks;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Hostile clients over loopback: memory of the server before, at the peak and afterwards, and the predictions that it answers meanwhile.
/// </summary>
internal sealed class AttacksScenario : IScenario
{
    private const double Rate = 10;
    private const double MaxGrowthMegabytes = 400;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Name => "attacks";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", keepLoaded: 4, fresh: true, cancellationToken);
        await PredictAsync(server, TimeSpan.FromSeconds(3), cancellationToken);
        List<Figure> figures = [];
        foreach (Attack attack in Chosen(context.Plan.Attacks))
        {
            figures.AddRange(await MeasureAsync(server, attack, cancellationToken));
        }

        return figures;
    }

    private static IEnumerable<Attack> Chosen(IReadOnlyList<string> parts) => HostileCalls.All().Concat(HostileFrames.All())
        .Where(attack => parts.Count == 0 || parts.Any(part => attack.Name.Contains(part, StringComparison.OrdinalIgnoreCase)));

    private async Task<Figure[]> MeasureAsync(LoadServer server, Attack attack, CancellationToken cancellationToken)
    {
        ServerState before = await server.Process.StateAsync(collect: true, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task attacking = attack.RunAsync(server.Process.Address, over.Token);
        Task<CallRecord> predicting = PredictAsync(server, Duration, cancellationToken);
        double peak = before.ResidentMegabytes;
        while (!predicting.IsCompleted)
        {
            ServerState now = await server.Process.StateAsync(collect: false, cancellationToken);
            peak = Math.Max(peak, now.ResidentMegabytes);
            await Task.Delay(Sampling, cancellationToken);
        }

        CallRecord calls = await predicting;
        await over.CancelAsync();
        await attacking.WaitAsync(Longest, cancellationToken);
        ServerState after = await server.Process.StateAsync(collect: true, cancellationToken);
        string memory = $"{Figure.Text(before.ResidentMegabytes)}; {Figure.Text(peak)}; {Figure.Text(after.ResidentMegabytes, "MB")}";
        return
        [
            Figure.AtMost(Name, attack.Name + ": growth", MaxGrowthMegabytes, peak - before.ResidentMegabytes, "MB"),
            Figure.Note(Name, "memory before; peak; after", memory),
            Figure.Zero(Name, "predictions failed meanwhile", calls.Failures(), calls.FirstFailure),
            Figure.Note(Name, "p50; p99 of the predictions", $"{Figure.Text(calls.P50, "ms")}; {Figure.Text(calls.P99, "ms")}"),
        ];
    }

    private static Task<CallRecord> PredictAsync(LoadServer server, TimeSpan duration, CancellationToken cancellationToken) =>
        CallLoop.OpenAsync(
            Rate,
            duration,
            token => server.Client.PredictAsync(Preparation.All, LoadContext.ShortText, cancellationToken: token),
            cancellationToken);
}
