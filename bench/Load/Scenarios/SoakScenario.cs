using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>All kinds of work at once for a long time: nothing fails, and memory does not grow after the first third.</summary>
internal sealed class SoakScenario : IScenario
{
    private const int Samples = 12;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "soak";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", keepLoaded: 1, fresh: true, cancellationToken);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        SoakWork work = new(server.Client, context.Texts(400));
        Task working = work.RunAsync(enough.Token);
        List<(double Minutes, ServerState State)> samples = [];
        long started = Stopwatch.GetTimestamp();
        for (int sample = 1; sample <= Samples; sample++)
        {
            TimeSpan wait = (sample * context.Plan.Soak / Samples) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
            samples.Add(
                (Stopwatch.GetElapsedTime(started).TotalMinutes, await server.Process.StateAsync(collect: true, cancellationToken)));
        }

        await enough.CancelAsync();
        await working;
        ServerState end = await QuietAsync(server, cancellationToken);
        (double Minutes, ServerState State)[] settled = [.. samples.Skip(Samples / 3)];
        double heap = Growth(settled, static state => state.HeapMegabytes);
        double resident = Growth(settled, static state => state.ResidentMegabytes);

        // In the first minutes, JIT compilation and heap sizing continue; a leak is visible in the managed heap at once.
        double allowed = context.Plan.Soak < Long ? 0.15 : 0.05;
        return
        [
            Figure.Note(
                Name, string.Create(CultureInfo.InvariantCulture, $"work in {context.Plan.Soak.TotalMinutes:0.#} min"), work.Summary),
            Figure.Zero(Name, "errors", work.Errors, work.FirstError),
            Figure.AtMost(
                Name,
                "managed heap after full collections, trend over the last two thirds",
                Math.Max(10, 0.05 * settled[0].State.HeapMegabytes),
                heap,
                "MB"),
            Figure.AtMost(
                Name,
                "resident memory, trend over the last two thirds",
                Math.Max(20, allowed * settled[0].State.ResidentMegabytes),
                resident,
                "MB"),
            Figure.Note(
                Name,
                "heap at the end; resident at the end",
                $"{Figure.Text(samples[^1].State.HeapMegabytes, "MB")}; {Figure.Text(samples[^1].State.ResidentMegabytes, "MB")}"),
            Figure.Zero(Name, "leases and queued tokens at the end", end.Leases + end.QueuedTokens),
        ];
    }

    private static async Task<ServerState> QuietAsync(LoadServer server, CancellationToken cancellationToken)
    {
        // A canceled fit ends within seconds.
        ServerState state = await server.Process.StateAsync(collect: false, cancellationToken);
        for (int second = 0; second < 10 && state.Leases + state.QueuedTokens > 0; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            state = await server.Process.StateAsync(collect: false, cancellationToken);
        }

        return state;
    }

    /// <summary>
    /// Returns the slope of the least-squares line through the samples, times their time span: growth without the noise of
    /// single samples.
    /// </summary>
    private static double Growth((double Minutes, ServerState State)[] samples, Func<ServerState, double> value)
    {
        double time = samples.Average(static sample => sample.Minutes);
        double mean = samples.Average(sample => value(sample.State));
        double product = samples.Sum(sample => (sample.Minutes - time) * (value(sample.State) - mean));
        double squares = samples.Sum(sample => Math.Pow(sample.Minutes - time, 2));
        return product / squares * (samples[^1].Minutes - samples[0].Minutes);
    }
}
