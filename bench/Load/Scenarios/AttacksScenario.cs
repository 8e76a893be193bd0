using Google.Protobuf;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Hostile clients over loopback: memory of the server before, at the peak and afterwards, and the predictions that it answers meanwhile.
/// </summary>
internal sealed class AttacksScenario : IScenario
{
    private const double Rate = 10;
    private const double MaxGrowthMegabytes = 400;
    private const int MessageBytes = 8 << 20;
    private const string Ingest = "CorpusService/IngestDocuments";
    private const string Import = "ModelService/ImportModel";
    private const string Explain = "PredictionService/ExplainPrediction";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Name => "attacks";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", keepLoaded: 4, fresh: true, cancellationToken);
        await PredictAsync(server, TimeSpan.FromSeconds(3), cancellationToken);
        List<Figure> figures = [];
        foreach (Attack attack in Attacks())
        {
            figures.AddRange(await MeasureAsync(server, attack, cancellationToken));
        }

        return figures;
    }

    private static IEnumerable<Attack> Attacks()
    {
        byte[] half = RawStream.Frame(new byte[MessageBytes - 1], MessageBytes);
        yield return new(
            "200 streams with a message of 8 MiB without its last byte",
            Ingest,
            half,
            200, 4, StaysOpen: true);
        yield return new(
            "200 imports without a header",
            Import,
            [],
            200, 4, StaysOpen: true);
        yield return new(
            "1000 silent prediction streams",
            "PredictionService/StreamPredict",
            RawStream.Frame(Open()),
            1000, 4, StaysOpen: true);
        yield return new(
            "2,000,000 empty seed topics",
            "FitService/StartFit",
            RawStream.Frame(SeedTopics(2_000_000)),
            4, 1, StaysOpen: false);
        yield return new(
            "import header with 1,000,000 empty files",
            Import,
            RawStream.Frame(ImportHeader(1_000_000)),
            4, 1, StaysOpen: false);
        yield return new(
            "malformed messages",
            "CorpusService/GetCorpus",
            RawStream.Frame([0x0A, 2, 0xC3, 0x28]),
            16, 2, StaysOpen: false);
        yield return new(
            "64 MiB of zeros in a compressed message",
            "FitService/StartFit",
            RawStream.CompressedZeros(64 << 20),
            8, 2, StaysOpen: false);
        yield return new(
            "explanations of 1 MiB with tokens",
            Explain,
            RawStream.Frame(Explanation()),
            8, 2, StaysOpen: false);
        yield return new(
            "charts of the similarity of all topics",
            "TopicService/RenderChart",
            RawStream.Frame(Heatmap()),
            64, 2, StaysOpen: false);
    }

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
        await attacking;
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

    private static ModelSelector Selector() => new() { Model = "models/" + Preparation.All };

    private static byte[] Open() => new StreamPredictRequest { Open = new() { Selector = Selector() } }.ToByteArray();

    private static byte[] SeedTopics(int count)
    {
        StartFitRequest request = new() { Corpus = "corpora/" + Preparation.All, Model = "models/attack", Settings = new FitSettings() };
        FitSettings.Types.SeedTopic empty = new();
        request.Settings.SeedTopicList.AddRange(Enumerable.Repeat(empty, count));
        return request.ToByteArray();
    }

    private static byte[] ImportHeader(int count) =>
        new ImportModelRequest
        {
            Header = new() { Model = "models/attack", Files = { Enumerable.Repeat(new ModelFile(), count) } },
        }.ToByteArray();

    private static byte[] Explanation() => new ExplainPredictionRequest
    {
        Selector = Selector(),
        Text = string.Concat(Enumerable.Repeat("economy jobs ", 80_000)),
        IncludeTokens = true,
    }.ToByteArray();

    private static byte[] Heatmap() =>
        new RenderChartRequest { Selector = Selector(), Kind = RenderChartRequest.Types.Kind.Heatmap }.ToByteArray();
}
