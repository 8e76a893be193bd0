using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// A process is killed while it assigns a corpus, more often than a fit may fail: every document is assigned exactly once.
/// </summary>
public sealed class KilledAssignmentTests
{
    private const int Kills = 5;
    private const int Documents = 9000;

    private static readonly ModelSelector Version = new() { Model = "models/m", VersionNumber = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_DuringAnAssignment_EveryDocumentExactlyOnce()
    {
        using TempFolder folder = new();
        ChildServer server = await ChildServer.StartAsync(folder.Path);
        try
        {
            await FitAsync(server);
            await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "archive" }, cancellationToken: Token);
            foreach (int[] chunk in Enumerable.Range(0, Documents).Chunk(1000))
            {
                await server.IngestAsync("archive", FormattableString.Invariant($"fill{chunk[0]}"), [.. chunk.Select(Document)], Token);
            }

            string job = (await server.Fits.AssignCorpusAsync(
                new AssignCorpusRequest { Selector = Version, Corpus = "corpora/archive" }, cancellationToken: Token)).Fit.Name;
            for (int kill = 0; kill < Kills; kill++)
            {
                await ReadAsync(server, job, static fit => fit.Stage == Fit.Types.Stage.Assignment && fit.StageProgress > 0);
                await server.KillAsync();
                await server.DisposeAsync();
                server = await ChildServer.StartAsync(folder.Path);
            }

            Fit ended = await ReadAsync(server, job, static _ => false);

            Assert.True(ended.State == Fit.Types.State.Succeeded, ended.Error?.ToString());
            List<string> ids = await IdsAsync(server);
            Assert.Equal(Documents, ids.Count);
            Assert.Equal(Documents, ids.Distinct(StringComparer.Ordinal).Count());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task FitAsync(ChildServer server)
    {
        await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "news" }, cancellationToken: Token);
        await server.IngestAsync("news", "fill", [.. Enumerable.Range(0, 200).Select(Document)], Token);
        StartFitRequest request = new()
        {
            Corpus = "corpora/news",
            Model = "models/m",
            Settings = new FitSettings { MinTopicSize = 20 },
            AssignLabels = { "stable" },
        };
        string fit = (await server.Fits.StartFitAsync(request, cancellationToken: Token)).Fit.Name;
        Assert.Equal(Fit.Types.State.Succeeded, (await ReadAsync(server, fit, static _ => false)).State);
    }

    /// <summary>Reads events until one meets a condition, or until the end.</summary>
    private static async Task<Fit> ReadAsync(ChildServer server, string fit, Func<Fit, bool> condition)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            server.Fits.WatchFit(new WatchFitRequest { Name = fit }, cancellationToken: Token);
        Fit last = new();
        while (await watch.ResponseStream.MoveNext(Token))
        {
            last = watch.ResponseStream.Current.Fit;
            if (condition(last))
            {
                break;
            }
        }

        return last;
    }

    private static async Task<List<string>> IdsAsync(ChildServer server)
    {
        List<string> ids = [];
        ListTopicDocumentsRequest request = new() { Selector = Version, Corpus = "corpora/archive", PageSize = 5000 };
        do
        {
            ListTopicDocumentsResponse page = await server.Topics.ListTopicDocumentsAsync(request, cancellationToken: Token);
            ids.AddRange(page.Members.Select(static member => member.DocumentId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return ids;
    }

    private static Document Document(int index) => new()
    {
        Id = FormattableString.Invariant($"d{index:00000}"),
        Text = ThemedTexts.Text(index),
    };
}
