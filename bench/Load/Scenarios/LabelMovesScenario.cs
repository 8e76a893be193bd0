using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A label moves ten times per second during an open loop of calls; windows with and without moves alternate. In the first
/// half it alternates between two loaded versions. In the second half it cycles through three versions, of which the server
/// keeps two (current and previous), so every move loads one and unloads one.
/// </summary>
internal sealed class LabelMovesScenario : IScenario
{
    private const double Rate = 50;

    // Versions that the server loads at startup.
    private const int LabelledVersions = 2;

    /// <inheritdoc/>
    public string Name => "label-moves";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        List<Figure> figures = [];
        foreach (bool isLoading in (bool[])[false, true])
        {
            LoadServer server = await context.ServerAsync("full", isLoading ? 1 : 4, fresh: true, cancellationToken);
            string how = isLoading ? "each with a load and an unload" : "both versions in memory";

            // The first half can leave the label on another version.
            await server.Client.Models.SetLabelAsync(Preparation.Some, "stable", 1, cancellationToken);
            MovedCalls moved = new(server.Client, isLoading ? 3 : 2);
            await CallLoop.OpenAsync(Rate, TimeSpan.FromSeconds(3), moved.CallAsync, cancellationToken);
            double resident = 0;
            CallRecord calm = new();
            CallRecord beside = new();
            for (int window = 0; window < context.Plan.MoveWindows; window++)
            {
                if (window % 2 == 0)
                {
                    calm.Add(await CallLoop.OpenAsync(Rate, context.Plan.MoveWindow, moved.CallAsync, cancellationToken));
                    continue;
                }

                beside.Add(await BesideMovesAsync(moved, context.Plan.MoveWindow, cancellationToken));
                resident = resident > 0 ? resident : (await server.Process.StateAsync(collect: false, cancellationToken)).ResidentMegabytes;
            }

            ServerState end = await server.Process.StateAsync(collect: false, cancellationToken);
            double growth = end.ResidentMegabytes - resident;
            int wanted = (int)(context.Plan.MoveWindow.TotalSeconds * 10 * (context.Plan.MoveWindows / 2));
            figures.AddRange(
            [
                Figure.AtLeast(Name, $"label moves at 10/s, {how}", Math.Floor(0.95 * wanted), moved.Moves),
                isLoading
                    ? Figure.AtLeast(Name, "versions loaded during the moves", Math.Floor(0.9 * moved.Moves), end.Loads)
                    : Figure.AtMost(Name, "versions loaded during the moves", 1, end.Loads - LabelledVersions),
                Figure.Zero(Name, $"calls failed ({how})", beside.Failures() + calm.Failures(), beside.FirstFailure ?? calm.FirstFailure),
                Figure.Zero(Name, $"answers of another version, or of the old one after a move returned ({how})", moved.WrongAnswers),
                Figure.AtMost(Name, $"p99 with moves over p99 without ({how})", 1.2, beside.P99 / calm.P99),
                Figure.AtMost(
                    Name, $"resident memory, growth since the first window of moves ({how})", Math.Max(20, 0.05 * resident), growth, "MB"),
                Figure.Note(
                    Name,
                    $"p50, p99 without; p50, p99 beside ({how})",
                    $"{Figure.Text(calm.P50)}, {Figure.Text(calm.P99, "ms")}; {Figure.Text(beside.P50)}, {Figure.Text(beside.P99, "ms")}"),
            ]);
        }

        return figures;
    }

    private static async Task<CallRecord> BesideMovesAsync(MovedCalls moved, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task moves = moved.MoveAsync(moving.Token);
        CallRecord calls = await CallLoop.OpenAsync(Rate, duration, moved.CallAsync, cancellationToken);
        await moving.CancelAsync();
        await moves;
        return calls;
    }
}
