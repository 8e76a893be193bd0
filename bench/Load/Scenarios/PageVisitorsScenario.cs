using Microsoft.Playwright;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Pages;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Twenty predictions per second in alternating windows: while five visitors go through the views of the page, and without them.
/// </summary>
internal sealed class PageVisitorsScenario : IScenario
{
    private const double Rate = 20;
    private const int Visitors = 5;
    private const double Target = 1.2;
    private static readonly TimeSpan MapTime = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "page-visitors";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        const string What = "p99 of Predict with five visitors, over without";
        if (PageBrowser.Program is null)
        {
            return [Figure.Skipped(Name, What, $"≤ {Figure.Text(Target)}", "Chromium is not installed")];
        }

        LoadServer server = await context.ServerAsync("full", keepLoaded: 4, fresh: true, cancellationToken);
        using (TopicGrpcClient patient = new(new TopicGrpcClientOptions { Address = server.Process.Address, ReadTimeout = MapTime }))
        {
            await patient.Maps.GetAsync(Preparation.All, cancellationToken);
        }

        await using PageBrowser browser = await PageBrowser.StartAsync(isIdle: true);
        List<PageVisitor> visitors = [];
        for (int number = 0; number < Visitors; number++)
        {
            IPage page = await browser.OpenAsync();
            visitors.Add(new PageVisitor(page, server.Process.Page!, Preparation.All, Preparation.Some));
        }

        int asked = 0;
        await OpenAsync(TimeSpan.FromSeconds(3));
        CallRecord without = new();
        CallRecord with = new();
        double[] cores = new double[2];
        for (int window = 0; window < context.Plan.MoveWindows; window++)
        {
            double start = await ProcessorSecondsAsync();
            without.Add(await OpenAsync(context.Plan.MoveWindow));
            double middle = await ProcessorSecondsAsync();
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task[] walks = [.. visitors.Select((visitor, number) => visitor.WalkAsync(number, leave.Token))];
            with.Add(await OpenAsync(context.Plan.MoveWindow));
            cores[0] += middle - start;
            cores[1] += await ProcessorSecondsAsync() - middle;
            await leave.CancelAsync();
            await Task.WhenAll(walks);
        }

        double seconds = context.Plan.MoveWindows * context.Plan.MoveWindow.TotalSeconds;
        return
        [
            Figure.Note(Name, $"{Figure.Text(Rate)} calls/s without visitors, p50; p99", Text(without)),
            Figure.Note(Name, $"with {Visitors} visitors, p50; p99", Text(with)),
            Figure.AtMost(Name, What, Target, with.P99 / without.P99),
            Figure.Note(Name, "views shown", $"{visitors.Sum(static visitor => visitor.Views)}"),
            Figure.Note(
                Name,
                "processor time of the server without; with visitors",
                $"{Figure.Text(cores[0] / seconds)}; {Figure.Text(cores[1] / seconds)} cores"),
            Figure.Zero(Name, "calls failed", without.Failures() + with.Failures(), without.FirstFailure ?? with.FirstFailure),
        ];

        async Task<double> ProcessorSecondsAsync() =>
            (await server.Process.StateAsync(collect: false, cancellationToken)).ProcessorSeconds;

        // Each text is another one, so that no cache answers.
        Task<CallRecord> OpenAsync(TimeSpan duration) => CallLoop.OpenAsync(
            Rate,
            duration,
            token => server.Client.PredictAsync(
                Preparation.All + "@stable",
                FormattableString.Invariant($"{LoadContext.ShortText} {1_000_000 + Interlocked.Increment(ref asked)}"),
                cancellationToken: token),
            cancellationToken);
    }

    private static string Text(CallRecord calls) => $"{Figure.Text(calls.P50, "ms")}; {Figure.Text(calls.P99, "ms")}";
}
