using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Settings;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Pages;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Maps of the sample, of 20,000 and of very many documents in Chromium, from the server's first map to frames of the visitor. The server
/// computes the layout of the first two; that of the largest is planted, because it takes minutes.
/// </summary>
internal sealed class PageMapsScenario(DirectoryInfo repository) : IScenario
{
    private const int Middle = 20_000;
    private const int Visits = 3;
    private const string Model = "map";

    /// <inheritdoc/>
    public string Name => "page-maps";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        if (PageBrowser.Program is null)
        {
            return [Figure.Skipped(Name, "frames", "", "Chromium is not installed")];
        }

        FileInfo sample = new(Path.Combine(repository.FullName, "samples", "state-of-the-union", "addresses-1961-2021.jsonl"));
        List<Figure> figures = [];
        await using PageBrowser browser = await PageBrowser.StartAsync(isIdle: false);
        figures.Add(Figure.Note(Name, "browser, software rendering, 1280 × 900 pixels", browser.Version));
        figures.AddRange(await MeasureAsync(context, browser, "full", MapCorpora.Sample(sample), cancellationToken));
        foreach (int count in (int[])[Middle, context.Plan.MapDocuments])
        {
            figures.AddRange(await MeasureAsync(
                context, browser, ServerArguments.Planted, MapCorpora.Planted(count), cancellationToken));
        }

        return figures;
    }

    private async Task<List<Figure>> MeasureAsync(
        LoadContext context,
        PageBrowser browser,
        string encoder,
        IAsyncEnumerable<TopicDocument> documents,
        CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-maps-").FullName;
        try
        {
            bool isPlanted = encoder == ServerArguments.Planted;
            await FillAsync(new ServerArguments(folder, encoder, KeepLoaded: 1), documents, cancellationToken);
            await using ServerChild server = await ServerChild.StartAsync(
                new ServerArguments(folder, encoder, KeepLoaded: 1), cancellationToken);
            return await MeasureAsync(context, browser, server, isPlanted, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Ingests the documents and fits a version. Planted documents have their topics in an attribute.</summary>
    private static async Task FillAsync(
        ServerArguments arguments, IAsyncEnumerable<TopicDocument> documents, CancellationToken cancellationToken)
    {
        await using ServerChild server = await ServerChild.StartAsync(arguments, cancellationToken);
        using TopicGrpcClient client = new(server.Address);
        await client.Corpora.CreateAsync(Model, cancellationToken: cancellationToken);
        await client.Corpora.IngestAsync(Model, documents, cancellationToken: cancellationToken);
        FitSettings settings = arguments.Precision == ServerArguments.Planted
            ? new FitSettings { TopicAttribute = MapCorpora.Group }
            : new FitSettings { TopicNames = "distinct" };
        await client.FitAsync(
            new FitRequest(Model, Model) { Labels = ["stable"], Settings = settings }, cancellationToken: cancellationToken);
    }

    private async Task<List<Figure>> MeasureAsync(
        LoadContext context, PageBrowser browser, ServerChild server, bool isPlanted, CancellationToken cancellationToken)
    {
        TopicGrpcClientOptions options = new() { Address = server.Address, ReadTimeout = TimeSpan.FromMinutes(10) };
        using TopicGrpcClient client = new(options);
        int count = (int)(await client.Models.GetVersionAsync(Model, 1, cancellationToken)).DocumentCount;
        bool isStored = isPlanted && count > Middle;
        if (isStored)
        {
            await server.StoreLayoutAsync(Model, cancellationToken);
        }

        await client.Topics.ListAsync(Model, cancellationToken: cancellationToken);
        ServerState before = await StateAsync();
        long started = Stopwatch.GetTimestamp();
        TopicMap map = await client.Maps.GetAsync(Model, cancellationToken);
        double first = Stopwatch.GetElapsedTime(started).TotalSeconds;
        string what = string.Create(CultureInfo.InvariantCulture, $"{map.Count:N0} points");
        List<Figure> figures =
        [
            Figure.Note(
                Name,
                $"{what}, {map.Labels.Count} labels: first map, layout {(isStored ? "stored" : "computed")}",
                Figure.Text(first, "s")),
            Growth(what + ": growth of the server's heap, of its resident memory by the first map", before, await StateAsync()),
            .. await VisitAsync(context, browser, server.Page!, what, count, cancellationToken),
        ];
        figures.Add(Growth(what + ": the same after the visits of the page", before, await StateAsync()));
        return figures;

        Task<ServerState> StateAsync() => server.StateAsync(collect: true, cancellationToken);
    }

    private Figure Growth(string what, ServerState before, ServerState after) => Figure.Note(
        Name,
        what,
        $"{Figure.Text(after.HeapMegabytes - before.HeapMegabytes, "MiB")}; "
            + Figure.Text(after.ResidentMegabytes - before.ResidentMegabytes, "MiB"));

    private async Task<List<Figure>> VisitAsync(
        LoadContext context, PageBrowser browser, Uri page, string what, int count, CancellationToken cancellationToken)
    {
        List<double> paints = [];
        List<Figure> figures = [];
        for (int number = 0; number < Visits; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using MapVisit visit = await MapVisit.OpenAsync(browser, page, Model);
            paints.Add(visit.FirstPaint);
            if (number == Visits - 1)
            {
                string mode = await visit.ModeAsync();
                Note($"{what}: pan, drawn as {mode}", await visit.PanAsync(context.Plan.MapFrames));
                Note($"{what}: zoom in and out", await visit.ZoomAsync(context.Plan.MapFrames));
                figures.AddRange(Transfers(what, await visit.TransfersAsync(), isFirst: count < Middle));
            }
        }

        double paint = Quantiles.Of([.. paints], 0.5);
        string title = $"{what}: navigation to first paint, median of {Visits}";
        figures.Insert(0, count == Middle
            ? Figure.AtMost(Name, title, 1000, paint, "ms")
            : Figure.Note(Name, title, Figure.Text(paint, "ms")));
        return figures;

        void Note(string title, FrameTimes frames)
        {
            figures.Add(Figure.Note(Name, title + ": time of a frame, median; p95", Text(frames.Work)));
            figures.Add(Figure.Note(Name, title + ": between frames, median; p95", Text(frames.Intervals)));
        }
    }

    private static string Text(double[] values) =>
        $"{Figure.Text(Quantiles.Of(values, 0.5), "ms")}; {Figure.Text(Quantiles.Of(values, 0.95), "ms")}";

    /// <summary>Returns the bytes of code once, and those of data for each map.</summary>
    private IEnumerable<Figure> Transfers(string what, IReadOnlyList<Transfer> files, bool isFirst)
    {
        const double Kilobyte = 1000;
        const double MostOwnCode = 150;
        if (isFirst)
        {
            foreach (Transfer file in files.Where(static file => !file.Path.StartsWith("maps/", StringComparison.Ordinal)))
            {
                yield return Figure.Note(
                    Name,
                    $"{(file.IsOwnCode ? "own code" : "framework")}: {file.Path}, compressed; size",
                    $"{Figure.Text(file.Compressed / Kilobyte, "kB")}; {Figure.Text(file.Bytes / Kilobyte, "kB")}");
            }

            yield return Figure.AtMost(
                Name,
                "own code of the map's view, compressed",
                MostOwnCode,
                files.Where(static file => file.IsOwnCode).Sum(static file => file.Compressed) / Kilobyte,
                "kB");
        }

        yield return Figure.Note(
            Name,
            $"{what}: data",
            Figure.Text(
                files.Where(static file => file.Path.StartsWith("maps/", StringComparison.Ordinal))
                    .Sum(static file => file.Compressed) / Kilobyte,
                "kB"));
    }
}
