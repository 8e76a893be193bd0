using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// A text that ends the process in the native code of the encoder, or never returns from it, costs its fit four processes and its own
/// place; the other documents and all data survive.
/// </summary>
public sealed class NativeCrashTests
{
    private const string Poison = "kaboom";
    private const string NoCore = "ulimit -c 0;";

    // MaxAttempts deaths make the text a suspect, and one more proves it.
    private const int Deaths = 4;
    private const int MostDeaths = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("abort=" + Poison)]
    [InlineData("hang=" + Poison + " Embedding:HangTimeout=00:00:03 Embedding:ExitOnHang=true")]
    public async Task StartFit_TextThatEndsTheProcess_IsQuarantinedAndTheFitSucceeds(string failure)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The child process is started by a shell and ended by a signal.");
        using TempFolder folder = new();
        Document[] clean = [.. Enumerable.Range(0, 120).Select(index => Document(index, ThemedTexts.Text(index)))];
        string options = failure + " Embedding:Executors=2 2>/dev/null";
        string fit;
        await using (ChildServer server = await ChildServer.StartAsync(folder.Path, NoCore, options))
        {
            await FillAsync(server, "clean", clean);
            await FillAsync(server, "news", [.. clean, Document(500, "orbit " + Poison), Document(501, "orbit " + Poison)]);
            fit = await StartFitAsync(server, "news");
            await server.EndAsync();
        }

        (ChildServer last, int deaths) = await RestartUntilFittedAsync(folder.Path, options, fit);
        await using ChildServer survivor = last;

        Assert.Equal(Deaths, deaths);
        Fit fitted = (await survivor.Fits.GetFitAsync(new GetFitRequest { Name = fit }, cancellationToken: Token)).Fit;
        Assert.Equal(Fit.Types.State.Succeeded, fitted.State);
        Assert.Equal(clean.Length, fitted.Report.DocumentCount);
        string warning = Assert.Single(fitted.Report.Warnings, static text => text.Contains("left out", StringComparison.Ordinal));
        Assert.Contains("2 documents are left out: 'd00500', 'd00501'.", warning, StringComparison.Ordinal);
        Corpus corpus = (await survivor.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus;
        Assert.Equal(clean.Length + 2, corpus.DocumentCount);
        QuarantinedText text = Assert.Single(corpus.QuarantinedTexts);
        Assert.Equal((Deaths, true), (text.DeathCount, text.DocumentId is "d00500" or "d00501"));
        Assert.Contains(
            (await survivor.Server.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Token)).StorageWarnings,
            item => item.Contains(text.DocumentId, StringComparison.Ordinal));

        // The fit is the fit of the other documents, and the next one needs no further death.
        string again = await StartFitAsync(survivor, "news");
        string other = await StartFitAsync(survivor, "clean");
        Assert.Equal(await TopicsAsync(survivor, other), await TopicsAsync(survivor, again));
        Assert.Equal(await TopicsAsync(survivor, other), await TopicsAsync(survivor, fit));
    }

    private static async Task<(ChildServer Server, int Deaths)> RestartUntilFittedAsync(string data, string options, string fit)
    {
        for (int deaths = 1; deaths < MostDeaths; deaths++)
        {
            if (await ChildServer.TryStartAsync(data, NoCore, options) is not { } server)
            {
                continue;
            }

            try
            {
                await EndOfAsync(server, fit);
                return (server, deaths);
            }
            catch (RpcException gone) when (gone.StatusCode is StatusCode.Unavailable or StatusCode.Internal)
            {
                await server.EndAsync();
                await server.DisposeAsync();
            }
        }

        throw new InvalidOperationException("The process still ends.");
    }

    private static async Task<List<(int Id, string Name, long Documents)>> TopicsAsync(ChildServer server, string fit)
    {
        Fit ended = await EndOfAsync(server, fit);
        string[] version = ended.ModelVersion.Split('/');
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest
            {
                Selector = new ModelSelector
                {
                    Model = $"models/{version[1]}",
                    VersionNumber = long.Parse(version[3], System.Globalization.CultureInfo.InvariantCulture),
                },
            },
            cancellationToken: Token);
        Assert.NotEmpty(topics.Topics);
        return [.. topics.Topics.Select(static topic => (topic.TopicId, topic.TopicName, topic.DocumentCount))];
    }

    private static async Task<Fit> EndOfAsync(ChildServer server, string fit)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            server.Fits.WatchFit(new WatchFitRequest { Name = fit }, cancellationToken: Token);
        Fit last = new();
        while (await watch.ResponseStream.MoveNext(Token))
        {
            last = watch.ResponseStream.Current.Fit;
        }

        Assert.True(last.State == Fit.Types.State.Succeeded, last.Error?.ToString());
        return last;
    }

    private static async Task FillAsync(ChildServer server, string corpus, Document[] documents)
    {
        await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = corpus }, cancellationToken: Token);
        Assert.Equal(documents.Length, await server.IngestAsync(corpus, "fill", documents, Token));
    }

    private static async Task<string> StartFitAsync(ChildServer server, string corpus)
    {
        StartFitRequest request = new()
        {
            Corpus = "corpora/" + corpus,
            Model = "models/" + corpus,
            Settings = new FitSettings { MinTopicSize = 15 },
        };
        return (await server.Fits.StartFitAsync(request, cancellationToken: Token)).Fit.Name;
    }

    private static Document Document(int index, string text) => new() { Id = FormattableString.Invariant($"d{index:00000}"), Text = text };
}
