using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>A limit of the size of a file (EFBIG) during an ingest is a full disk, not the end of the process (F18b).</summary>
public sealed class FileSizeLimitTests
{
    private const int LimitKilobytes = 8192;
    private const int ChunkDocuments = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_FileReachesItsLimit_DiskFullAndNothingAcknowledgedIsLost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limits of a process are set by a shell.");
        using TempFolder folder = new();
        List<Document> acknowledged = [];
        await using (ChildServer server = await ChildServer.StartAsync(
            folder.Path, $"export DOTNET_EnableWriteXorExecute=0; ulimit -f {LimitKilobytes};"))
        {
            await PrepareAsync(server);

            await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "DISK_FULL", () => FillAsync(server, acknowledged));

            await PredictAsync(server);
            await server.Models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = "next", VersionNumber = 1 }, cancellationToken: Token);
            await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "other" }, cancellationToken: Token);
            Assert.Equal(3, await server.IngestAsync("other", "s", Documents("other", 3), Token));
            Assert.Equal(acknowledged.Count, await CountAsync(server));
        }

        await using ChildServer again = await ChildServer.StartAsync(folder.Path);
        Assert.InRange(acknowledged.Count, 2000, 9000);
        Assert.Equal(acknowledged.Count, await CountAsync(again));
        await PredictAsync(again);
        List<Document> more = [.. acknowledged, .. Documents("more", ChunkDocuments)];
        Assert.Equal(more.Count, await again.IngestAsync("big", "s", more, Token));
        Assert.Equal(more.Count, await CountAsync(again));
    }

    private static async Task PrepareAsync(ChildServer server)
    {
        foreach (string corpus in (string[])["news", "big"])
        {
            await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = corpus }, cancellationToken: Token);
        }

        Document[] themed =
            [.. Enumerable.Range(0, 120).Select(static index => new Document { Id = "t" + index, Text = ThemedTexts.Text(index) })];
        await server.IngestAsync("news", "s", themed, Token);
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m", "stable"), cancellationToken: Token);
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            server.Fits.WatchFit(new WatchFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        Fit last = started.Fit;
        while (await watch.ResponseStream.MoveNext(Token))
        {
            last = watch.ResponseStream.Current.Fit;
        }

        Assert.Equal(Fit.Types.State.Succeeded, last.State);
    }

    /// <summary>Stores documents until the server rejects them.</summary>
    private static async Task FillAsync(ChildServer server, List<Document> acknowledged)
    {
        for (int chunk = 0; chunk < 2 * LimitKilobytes / ChunkDocuments; chunk++)
        {
            List<Document> all = [.. acknowledged, .. Documents(FormattableString.Invariant($"{chunk}"), ChunkDocuments)];
            Assert.Equal(all.Count, await server.IngestAsync("big", "s", all, Token));
            acknowledged.AddRange(all[acknowledged.Count..]);
        }
    }

    private static Document[] Documents(string name, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new Document { Id = $"{name}-{index}", Text = name + new string('x', 1000) + index }),
    ];

    private static async Task<long> CountAsync(ChildServer server) => (await server.Corpora.GetCorpusAsync(
        new GetCorpusRequest { Name = "corpora/big" }, cancellationToken: Token)).Corpus.DocumentCount;

    private static async Task PredictAsync(ChildServer server) => await server.Predictions.PredictAsync(
        new PredictRequest { Selector = TestServer.SelectorOf(1), Text = ThemedTexts.Text(1) }, cancellationToken: Token);
}
