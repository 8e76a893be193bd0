using Google.Rpc;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class FitTests
{
    private static readonly Fit.Types.Stage[] StageOrder =
    [
        Fit.Types.Stage.Embedding, Fit.Types.Stage.Neighbors, Fit.Types.Stage.Layout, Fit.Types.Stage.Clusters,
        Fit.Types.Stage.Probabilities, Fit.Types.Stage.Topics, Fit.Types.Stage.Quality, Fit.Types.Stage.Publishing,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_ThemedCorpus_PublishesAVersionWithATopicPerTheme()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);

        Fit fit = await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));

        Assert.Equal(Fit.Types.State.Succeeded, fit.State);
        Assert.Equal("models/m/versions/1", fit.ModelVersion);
        Assert.Equal(200, fit.Report.DocumentCount);
        Assert.Equal(32, fit.Report.EmbeddingDimension);
        Assert.Equal(4, fit.Report.TopicCount);
        Assert.Equal(20, fit.Report.Settings.Hdbscan.MinClusterSize);
        Assert.Equal(5, fit.Report.Settings.Umap.NComponents);
        Assert.Equal("cosine", fit.Report.Settings.Umap.Metric);
        Assert.Equal(42, fit.Report.Settings.Seed);
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = new ModelSelector { Model = "models/m" } }, cancellationToken: Token);
        Assert.Equal(200, topics.Topics.Sum(static topic => topic.DocumentCount));
        Assert.All(topics.Topics, static topic => Assert.NotEmpty(topic.Words));
    }

    [Fact]
    public async Task StartFit_WithoutSettings_ChoosesThemAndSaysWhy()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);

        Fit fit = await server.FitAsync(new StartFitRequest { Corpus = "corpora/news", Model = "models/m" });

        Assert.Equal(Fit.Types.State.Succeeded, fit.State);
        Assert.Equal(FitSettings.Types.Preset.Auto, fit.Settings.Preset);
        Assert.Equal(4, fit.Report.TopicCount);
        Assert.Equal(FitSettings.Types.Preset.Bertopic, fit.Report.Settings.Preset);
        Assert.Equal(20, fit.Report.Settings.Umap.NegativeSampleRate);
        Assert.Equal(4, fit.Report.Settings.Umap.NComponents);
        FitReport.Types.SettingChoice size = Assert.Single(
            fit.Report.SettingChoices, static choice => choice.Setting == "hdbscan.min_cluster_size");
        Assert.Equal(fit.Report.Settings.Hdbscan.MinClusterSize.ToString(System.Globalization.CultureInfo.InvariantCulture), size.Value);
    }

    [Fact]
    public async Task StartFit_AutomaticWithSomeGiven_KeepsThem()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        FitSettings settings = new()
        {
            Preset = FitSettings.Types.Preset.Auto,
            Umap = new UmapSettings { NNeighbors = 10 },
            Hdbscan = new HdbscanSettings { MinClusterSize = 25 },
            Vectorizer = new VectorizerSettings { StopWords = string.Empty },
        };

        Fit fit = await server.FitAsync(new StartFitRequest { Corpus = "corpora/news", Model = "models/m", Settings = settings });

        FitSettings used = fit.Report.Settings;
        Assert.Equal(10, used.Umap.NNeighbors);
        Assert.Equal(4, used.Umap.NComponents);
        Assert.Equal("cosine", used.Umap.Metric);
        Assert.Equal(20, used.Umap.NegativeSampleRate);
        Assert.Equal(25, used.Hdbscan.MinClusterSize);
        Assert.Equal(VectorizerSettings.StopWordsChoiceOneofCase.None, used.Vectorizer.StopWordsChoiceCase);
        Assert.DoesNotContain(
            fit.Report.SettingChoices, static choice => choice.Setting is "hdbscan.min_cluster_size" or "vectorizer.stop_words");
    }

    [Fact]
    public async Task StartFit_SettingsWithoutAPreset_AreBertopics()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);

        Fit fit = await server.FitAsync(new StartFitRequest { Corpus = "corpora/news", Model = "models/m", Settings = new FitSettings() });

        Assert.Equal(10, fit.Report.Settings.Hdbscan.MinClusterSize);
        Assert.Equal(10, fit.Report.Settings.Hdbscan.MinSamples);
        Assert.Equal(5, fit.Report.Settings.Umap.NegativeSampleRate);
        Assert.Empty(fit.Report.SettingChoices);
    }

    [Fact]
    public async Task StartFit_UnknownPreset_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 40);

        RpcException error = await Assert.ThrowsAsync<RpcException>(() =>
            server.FitAsync(new StartFitRequest
            {
                Corpus = "corpora/news",
                Model = "models/m",
                Settings = new FitSettings { Preset = (FitSettings.Types.Preset)9 },
            }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("settings.preset", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchFit_FromTheStart_ShowsStagesInOrderAndNumbersThatRise()
    {
        await using TestServer server = await TestServer.StartAsync(("Fits:ProgressInterval", "00:00:00"));
        await server.FillCorpusAsync("news", 120);
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);

        List<WatchFitResponse> events = await WatchAsync(server, started.Fit.Name, 0);

        Assert.Equal(events.Select(static item => item.Sequence).Distinct().Order(), events.Select(static item => item.Sequence));
        Fit.Types.Stage[] stages =
        [
            .. events.Select(static item => item.Fit.Stage).Where(static stage => stage != Fit.Types.Stage.Unspecified),
        ];
        Assert.Equal(stages.OrderBy(static stage => Array.IndexOf(StageOrder, stage)), stages);
        Assert.Contains(Fit.Types.Stage.Quality, stages);
        Assert.Equal(Fit.Types.State.Succeeded, events[^1].Fit.State);
    }

    [Fact]
    public async Task WatchFit_AfterASequence_SendsOnlyWhatFollows()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        server.Embedder.Hold();
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        WatchFitResponse seen = await server.AwaitAsync(started.Fit.Name, static fit => fit.Stage == Fit.Types.Stage.Embedding);

        server.Embedder.Release();
        List<WatchFitResponse> events = await WatchAsync(server, started.Fit.Name, seen.Sequence);

        Assert.Equal(seen.Sequence + 1, events[0].Sequence);
        Assert.Equal(Fit.Types.State.Succeeded, events[^1].Fit.State);
    }

    [Fact]
    public async Task CancelFit_AtWork_EndsItWithoutAVersion()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        server.Embedder.Hold();
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        await server.AwaitAsync(started.Fit.Name, static fit => fit.Stage == Fit.Types.Stage.Embedding);

        await server.Fits.CancelFitAsync(new CancelFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        Fit ended = await server.EndOfAsync(started.Fit.Name);

        Assert.Equal(Fit.Types.State.Cancelled, ended.State);
        Assert.Empty(ended.ModelVersion);
        Assert.Empty((await server.Models.ListModelsAsync(new ListModelsRequest(), cancellationToken: Token)).Models);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.DataDirectory, "staging")));
    }

    [Fact]
    public async Task CancelFit_InTheEmbeddingStage_KeepsWhatIsEmbedded()
    {
        await using TestServer server = await TestServer.StartAsync(("Embedding:Executors", "1"));
        await server.FillCorpusAsync("news", 120);
        server.Embedder.HoldAfter(50);
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);
        await server.Fits.CancelFitAsync(new CancelFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        await server.EndOfAsync(started.Fit.Name);
        server.Embedder.Release();

        Fit second = await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.Equal(Fit.Types.State.Succeeded, second.State);
        Assert.True(second.Report.KeptEmbeddingCount is >= 48 and < 120, $"{second.Report.KeptEmbeddingCount} kept");
    }

    [Fact]
    public async Task CancelFit_Waiting_EndsItAtOnceAndTheOtherRunsOn()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        server.Embedder.Hold();
        StartFitResponse first = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        StartFitResponse second = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);

        CancelFitResponse cancelled = await server.Fits.CancelFitAsync(
            new CancelFitRequest { Name = second.Fit.Name }, cancellationToken: Token);
        server.Embedder.Release();

        Assert.Equal(Fit.Types.State.Cancelled, cancelled.Fit.State);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(first.Fit.Name)).State);
    }

    [Fact]
    public async Task StartFit_SameRequestId_ReturnsTheFirstFit()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        StartFitRequest request = TestServer.FitRequest("news", "m");
        request.RequestId = "r1";
        StartFitResponse first = await server.Fits.StartFitAsync(request, cancellationToken: Token);

        StartFitResponse second = await server.Fits.StartFitAsync(request, cancellationToken: Token);

        Assert.Equal(first.Fit.Name, second.Fit.Name);
        request.Settings.Seed = 7;
        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "REQUEST_ID_REUSED",
            async () => await server.Fits.StartFitAsync(request, cancellationToken: Token));
        await server.EndOfAsync(first.Fit.Name);
    }

    [Fact]
    public async Task StartFit_TooFewDocuments_SaysHowManyAreNeeded()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 5);

        RpcException exception = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "TOO_FEW_DOCUMENTS",
            async () => await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token));

        ErrorInfo info = exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal(("5", "40"), (info.Metadata["have"], info.Metadata["need"]));
    }

    // D03
    [Fact]
    public async Task StartFit_TextsWithoutWords_FailsBeforeTheEmbedding()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using (IngestCall call = await IngestCall.OpenAsync(server, "news", "s"))
        {
            await call.SendAsync(0, [.. Enumerable.Range(0, 60).Select(static index => ("d" + index, "a b . !"))]);
            await call.ReadAckAsync();
        }

        Fit fit = await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.Equal(Fit.Types.State.Failed, fit.State);
        Assert.Equal((int)StatusCode.InvalidArgument, fit.Error.Code);
        Assert.Contains("stop words, single letters, symbols or white space", fit.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Embedder.Calls);
    }

    [Fact]
    public async Task StartFit_SeveralWrongSettings_NamesEveryField()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 30);
        StartFitRequest request = TestServer.FitRequest("news", "m");
        request.Settings = new FitSettings
        {
            Umap = new UmapSettings { NNeighbors = 1, MinDist = 2, Metric = "manhattan" },
            Hdbscan = new HdbscanSettings { ClusterSelectionMethod = "best" },
            Vectorizer = new VectorizerSettings { StopWords = "klingon", MaxDfShare = 1.5 },
            NrTopics = 1,
            TopNWords = 0,
        };

        RpcException exception = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", async () => await server.Fits.StartFitAsync(request, cancellationToken: Token));

        Assert.Equal(
            [
                "settings.hdbscan.cluster_selection_method", "settings.nr_topics", "settings.top_n_words", "settings.umap.metric",
                "settings.umap.min_dist", "settings.umap.n_neighbors", "settings.vectorizer.max_df_share", "settings.vectorizer.stop_words",
            ],
            Refusal.Fields(exception).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task StartFit_QueueFull_IsRefusedWithADelay()
    {
        await using TestServer server = await TestServer.StartAsync(("Fits:MaxQueued", "1"));
        await server.FillCorpusAsync("news", 60);
        server.Embedder.Hold();
        StartFitResponse running = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
        await server.AwaitAsync(running.Fit.Name, static fit => fit.State == Fit.Types.State.Running);
        await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);

        RpcException exception = await Refusal.ExpectAsync(
            StatusCode.ResourceExhausted,
            "FIT_QUEUE_FULL",
            async () => await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token));

        Assert.NotNull(exception.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task Restart_InTheMidstOfAFit_BeginsItAgain()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        server.Embedder.Hold();
        StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m", "stable"), cancellationToken: Token);
        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "IN_USE",
            async () =>
                await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token));
        await server.StopAsync();

        server.Embedder.Release();
        await server.StartAgainAsync();

        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(started.Fit.Name)).State);
        ListFitsResponse fits = await server.Fits.ListFitsAsync(new ListFitsRequest { Model = "models/m" }, cancellationToken: Token);
        Assert.Equal([started.Fit.Name], fits.Fits.Select(static fit => fit.Name));
    }

    [Fact]
    public async Task StartFit_SecondOnTheSameCorpus_KeepsTheEmbeddingsAndGivesTheSameTopics()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 120);
        Fit first = await server.FitAsync(TestServer.FitRequest("news", "m"));
        int calls = server.Embedder.Calls;

        Fit second = await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.Equal(calls, server.Embedder.Calls);
        Assert.True(double.IsFinite(second.Report.DocumentsPerSecond) && second.Report.DocumentsPerSecond > 0);
        Assert.Equal(120, second.Report.KeptEmbeddingCount);
        Assert.Equal(0, first.Report.KeptEmbeddingCount);
        Assert.Equal(await TopicsAsync(server, 1), await TopicsAsync(server, 2));
    }

    private static async Task<string[]> TopicsAsync(TestServer server, long version)
    {
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = new ModelSelector { Model = "models/m", VersionNumber = version } },
            cancellationToken: Token);
        return [.. topics.Topics.Select(static topic => $"{topic.TopicName} {topic.DocumentCount} {topic.Words}")];
    }

    private static async Task<List<WatchFitResponse>> WatchAsync(TestServer server, string fit, long after)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch = server.Fits.WatchFit(
            new WatchFitRequest { Name = fit, AfterSequence = after }, cancellationToken: Token);
        List<WatchFitResponse> events = [];
        await foreach (WatchFitResponse item in watch.ResponseStream.ReadAllAsync(Token))
        {
            events.Add(item);
        }

        return events;
    }
}
