using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Servers;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeQueryTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FakeQueryTests()
    {
        _client = _fake.CreateClient();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public async Task SearchAsync_Scripted_ReturnsTheFirstHits()
    {
        _fake.Models.Add("news", SampleTopics.All);
        List<string> asked = [];
        _fake.OnSearch((model, query) =>
        {
            asked.Add($"{model}: {query}");
            return [new TopicHit(SampleTopics.All[2], 0.75), new TopicHit(SampleTopics.All[0], -0.5)];
        });

        TopicSearchResult found = await _client.Topics.SearchAsync("news", "an Orbit in SPACE", cancellationToken: Token);
        TopicSearchResult one = await _client.Topics.SearchAsync("news@1", "gpu", maxResults: 1, Token);

        Assert.Equal(("news", 1L), (found.Model, found.Version));
        Assert.Equal([(0, 0.75), (1, -0.5)], found.Hits.Select(static hit => (hit.Topic.Id, hit.Similarity)));
        Assert.Equal(0, one.Hits.Single().Topic.Id);
        Assert.Empty(one.Hits.Single().Topic.RepresentativeDocuments);
        Assert.Equal(["news: an Orbit in SPACE", "news@1: gpu"], asked);
    }

    [Fact]
    public async Task SearchAsync_EmptyQueryUnknownModelOrNoScript_Fails()
    {
        _fake.Models.Add("news", SampleTopics.All);
        TopicGrpcException unscripted =
            await Assert.ThrowsAsync<TopicGrpcException>(() => _client.Topics.SearchAsync("news", "hockey", cancellationToken: Token));
        _fake.OnSearch(static (_, _) => []);

        Assert.Contains("FakeTopicGrpc.OnSearch", unscripted.Message, StringComparison.Ordinal);
        Assert.Empty((await _client.Topics.SearchAsync("news", "hockey", cancellationToken: Token)).Hits);
        await Assert.ThrowsAsync<InvalidRequestException>(() => _client.Topics.SearchAsync("news", " ", cancellationToken: Token));
        await Assert.ThrowsAsync<ModelNotFoundException>(() => _client.Topics.SearchAsync("mail", "hockey", cancellationToken: Token));
    }

    [Fact]
    public async Task ListDocumentsAsync_NoneGiven_AreTheRepresentativeOnes()
    {
        _fake.Models.Add("news", SampleTopics.All);

        Assert.Equal(
            [new DocumentTopic("d1", 0, 1, IsRepresentative: true)],
            await _client.Topics.ListDocumentsAsync("news", cancellationToken: Token).ToListAsync(Token));
        Assert.Empty(await _client.Topics.ListDocumentsAsync("news", topicId: 1, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ListDocumentsAsync_Parts_AreThoseThatTheTestSet()
    {
        _fake.Models.Add("news", SampleTopics.All);
        DocumentTopic whole = new("d1", 0, 1, IsRepresentative: true)
        {
            Text = "one",
            Time = DateTimeOffset.UnixEpoch,
            Attributes = new Dictionary<string, string> { ["source"] = "wire" },
            Position = new DocumentPosition(1, 2),
            Embedding = new float[] { 0.6f, 0.8f },
        };
        _fake.Models.SetDocuments("news", 1, whole);
        ListDocumentsOptions all = new() { IncludeContent = true, IncludePosition = true, IncludeEmbedding = true };

        DocumentTopic found = Assert.Single(await _client.Topics.ListDocumentsAsync("news", all, Token).ToListAsync(Token));
        DocumentTopic bare = Assert.Single(await _client.Topics.ListDocumentsAsync("news", cancellationToken: Token).ToListAsync(Token));

        Assert.Equal(("one", DateTimeOffset.UnixEpoch, "wire"), (found.Text, found.Time, found.Attributes!["source"]));
        Assert.Equal(whole.Position, found.Position);
        Assert.Equal([0.6f, 0.8f], found.Embedding!.Value.ToArray());
        Assert.Equal(new DocumentTopic("d1", 0, 1, IsRepresentative: true), bare);
    }

    [Fact]
    public async Task ListDocumentsAsync_Given_AreListedById()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.SetDocuments(
            "news", 1, new DocumentTopic("d2", 1, 0.5, false), new DocumentTopic("d1", 0, 1, true), new DocumentTopic("c", -1, 0, false));

        List<DocumentTopic> all = await _client.Topics.ListDocumentsAsync("news", cancellationToken: Token).ToListAsync(Token);
        List<DocumentTopic> one = await _client.Topics.ListDocumentsAsync("news", topicId: 1, Token).ToListAsync(Token);

        Assert.Equal(["c", "d1", "d2"], all.Select(static document => document.DocumentId));
        Assert.Equal([new DocumentTopic("d2", 1, 0.5, false)], one);
        await Assert.ThrowsAsync<ResourceNotFoundException>(
            () => _client.Topics.ListDocumentsAsync("news", topicId: 9, Token).ToListAsync(Token).AsTask());
        Assert.Throws<ModelNotFoundException>(() => _fake.Models.SetDocuments("news", 2));
        Assert.Throws<ArgumentException>(() => _fake.Models.SetDocuments("news", 1, new DocumentTopic("a", 7, 1, false)));
        Assert.Throws<ArgumentException>(
            () => _fake.Models.SetDocuments("news", 1, new DocumentTopic("a", 0, 1, false), new DocumentTopic("a", 1, 1, false)));
    }

    [Fact]
    public async Task RenderChartAsync_Scripted_IsDrawnAsAsked()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnChart(
            (model, kind, options) =>
                $"<svg>{model} {kind} {options.Width} {string.Join(',', options.TopicIds)} {options.MinProbability} {options.Text}</svg>");

        Chart chart = await _client.RenderChartAsync(
            "news",
            ChartKind.Distribution,
            new ChartOptions { Width = 500, TopicIds = [0, 1], MinProbability = 0, Text = "a text" },
            Token);
        Chart plain = await _client.RenderChartAsync("news@1", ChartKind.Bars, cancellationToken: Token);

        Assert.Equal(("<svg>news Distribution 500 0,1 0 a text</svg>", "news", 1L), (chart.Svg, chart.Model, chart.Version));
        Assert.Equal("<svg>news@1 Bars    </svg>", plain.Svg);
        await Assert.ThrowsAsync<ModelNotFoundException>(() => _client.RenderChartAsync("mail", ChartKind.Bars, cancellationToken: Token));
    }

    [Fact]
    public async Task GetHierarchyAsync_Scripted_IsReturned()
    {
        TopicMerge merge = new()
        {
            Node = 2,
            Name = "space_gpu",
            Left = 0,
            LeftName = "gpu",
            Right = 1,
            RightName = "space",
            Distance = 0.75,
            Topics = [0, 1],
        };
        _fake.OnHierarchy(model => new TopicHierarchy { Model = model.Model, Version = 4, Merges = [merge], Tree = "a tree" });

        TopicHierarchy hierarchy = await _client.Topics.GetHierarchyAsync("news", Token);

        Assert.Equal(("news", 4L, "a tree"), (hierarchy.Model, hierarchy.Version, hierarchy.Tree));
        Assert.Equivalent(merge, hierarchy.Merges.Single(), strict: true);
    }

    [Fact]
    public async Task ListOverTimeAsync_Scripted_IsReturned()
    {
        DateTimeOffset day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        List<TopicsOverTimeOptions> asked = [];
        _fake.OnTopicsOverTime((model, options) =>
        {
            asked.Add(options);
            return new TopicsOverTime
            {
                Model = model.Model,
                Version = 2,
                Points = [new TopicAtTime(day, 1, 6, [new TopicWord("orbit", 0.5)])],
                UndatedCount = 3,
            };
        });

        TopicsOverTime topics = await _client.Topics.ListOverTimeAsync(
            "news", new TopicsOverTimeOptions { BinCount = 9, EvolutionTuning = false, TopicIds = [1] }, Token);

        Assert.Equal(("news", 2L, 3L), (topics.Model, topics.Version, topics.UndatedCount));
        Assert.Equal(
            (day, 1, 6L, "orbit"),
            (topics.Points[0].Time, topics.Points[0].TopicId, topics.Points[0].Count, topics.Points[0].Words[0].Term));
        Assert.Equivalent(
            new TopicsOverTimeOptions { BinCount = 9, EvolutionTuning = false, TopicIds = [1] }, asked.Single(), strict: true);
    }

    [Fact]
    public async Task ListPerClassAsync_Scripted_IsReturned()
    {
        _fake.OnTopicsPerClass((model, attribute, options) => new TopicsPerClass
        {
            Model = model.Model,
            Version = 2,
            Points = [new TopicInClass($"{attribute} {options.GlobalTuning}", 0, 7, [])],
            UnclassifiedCount = 1,
        });

        TopicsPerClass topics = await _client.Topics.ListPerClassAsync(
            "news", "place", new TopicsPerClassOptions { GlobalTuning = false }, Token);

        Assert.Equal(
            ("place False", 0, 7L, 1L),
            (topics.Points[0].ClassName, topics.Points[0].TopicId, topics.Points[0].Count, topics.UnclassifiedCount));
    }

    [Fact]
    public async Task ExplainAsync_Scripted_IsReturned()
    {
        List<ExplainOptions> asked = [];
        Prediction prediction = new()
        {
            TopicId = 1,
            Name = "1_space_orbit",
            Probability = 0.5,
            Probabilities = new Dictionary<int, double> { [1] = 0.5 },
            OutlierProbability = 0.5,
            Model = "news",
            Version = 3,
        };
        _fake.OnExplain((model, text, options) =>
        {
            asked.Add(options);
            return new Explanation
            {
                Prediction = prediction,
                TopicId = 0,
                TopicName = "0_gpu_card",
                Distribution = new Dictionary<int, double> { [0] = 1 },
                SharedTerms = [new SharedTerm("gpu", 0.5, 0.25, 0.125)],
                RepresentativeDocuments = [new RepresentativeDocument("d1", text)],
                Margin = -0.25,
                NextTopicId = 1,
                Tokens = [new TokenTopics("gpu", new Dictionary<int, double> { [0] = 0.5 })],
            };
        });

        Explanation explanation = await _client.Predictions.ExplainAsync(
            "news", "a text", new ExplainOptions { TopicId = 0, IncludeTokens = true, Window = 3, MinSimilarity = 0 }, Token);

        Assert.Equal(
            (1, 0.5, "news", 3L),
            (
                explanation.Prediction.TopicId,
                explanation.Prediction.Probabilities[1],
                explanation.Prediction.Model,
                explanation.Prediction.Version));
        Assert.Equal(
            (0, "0_gpu_card", -0.25, 1), (explanation.TopicId, explanation.TopicName, explanation.Margin, explanation.NextTopicId));
        Assert.Equal(
            (new SharedTerm("gpu", 0.5, 0.25, 0.125), "a text", 0.5),
            (explanation.SharedTerms[0], explanation.RepresentativeDocuments[0].Text, explanation.Tokens[0].Similarities[0]));
        Assert.Equal(1, explanation.Distribution[0]);
        Assert.Equal(new ExplainOptions { TopicId = 0, IncludeTokens = true, Window = 3, MinSimilarity = 0 }, asked.Single());
        Assert.Equal(("ExplainPrediction news", "a text"), (_fake.Calls.Single().ToString(), _fake.Calls.Single().Texts.Single()));
    }

    [Fact]
    public async Task GetInfoAsync_SetOrNot_IsAServersOrTheOneSet()
    {
        ServerInfo first = await _client.Server.GetInfoAsync(Token);
        _fake.ServerInfo = _fake.ServerInfo with
        {
            Version = "9.1",
            Uptime = TimeSpan.FromHours(2),
            Limits = new ServerLimits { MaxBatchTexts = 4 },
        };
        ServerInfo second = await _client.Server.GetInfoAsync(Token);

        Assert.Equal((256, 384), (first.Limits.MaxBatchTexts, first.Encoders.Single().Dimension));
        Assert.NotEmpty(first.Version);
        Assert.Equal(
            ("9.1", TimeSpan.FromHours(2), 4, first.Started), (second.Version, second.Uptime, second.Limits.MaxBatchTexts, second.Started));
    }

    [Fact]
    public async Task ListLayers_Scripted_ReturnsLayersTopicsAndParents()
    {
        LayerTopicRef parent = new("coarser-1", 0, "taaaaaaaaaaaa", "0_sport");
        LayerTopic topic = new()
        {
            Id = 0,
            Uid = "tbbbbbbbbbbbb",
            Count = 7,
            Name = "0_hockey",
            Words = [new TopicWord("hockey", 0.5)],
            Parent = parent,
        };
        _fake.OnLayers(static model => new TopicLayers
        {
            Model = model.Model,
            Version = 3,
            Layers = [new TopicLayer("topics", 5, 90, 0), new TopicLayer("coarser-1", 2, 90, 30)],
        });
        _fake.OnLayerTopics((model, layer) => new LayerTopics { Model = model.Model, Version = 3, Layer = layer, Topics = [topic] });

        TopicLayers layers = await _client.Topics.ListLayersAsync("news", Token);
        LayerTopics topics = await _client.Topics.ListLayerTopicsAsync("news", "topics", Token);

        Assert.Equal(3, layers.Version);
        Assert.Equal([new TopicLayer("topics", 5, 90, 0), new TopicLayer("coarser-1", 2, 90, 30)], layers.Layers);
        Assert.Equal("topics", topics.Layer);
        Assert.Equivalent(topic, topics.Topics.Single(), strict: true);
    }

    [Fact]
    public async Task PredictAsync_IncludePath_ReturnsThePathOnlyIfRequested()
    {
        Prediction scripted = new()
        {
            TopicId = 1,
            Name = "1_hockey",
            Probability = 1,
            Model = "news",
            Version = 1,
            Path =
            [
                new LayerTopicRef("topics", 1, "tbbbbbbbbbbbb", "1_hockey"),
                new LayerTopicRef("coarser-1", 0, "taaaaaaaaaaaa", "0_sport"),
            ],
        };
        _fake.OnPredict((_, _) => scripted);

        Prediction without = await _client.PredictAsync("news", "puck", cancellationToken: Token);
        Prediction with = await _client.PredictAsync("news", "puck", new PredictOptions { IncludePath = true }, Token);

        Assert.Empty(without.Path);
        Assert.Equal(scripted.Path, with.Path);
    }
}
