using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class GuidedFitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_SeedTopics_RaiseTheirWordsAndPredictStillAnswersByDensity()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        Fit fit = await FitAsync(server, settings =>
        {
            settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic { Words = { "telescope", "astronaut" } });
            settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic { Words = { "cipher" } });
        });

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(2, fit.Report.Settings.SeedTopicList.Count);
        Assert.True(ScoreOf(await server.TopicsAsync(2), "telescope") > ScoreOf(await server.TopicsAsync(1), "telescope"));
        Prediction before = await PredictAsync(server, 2, "telescope astronaut lunar");
        Assert.Equal(PredictMode.Density, before.Mode);
        await server.StopAsync();
        await server.StartAgainAsync();
        Assert.Equal(before, await PredictAsync(server, 2, "telescope astronaut lunar"));
    }

    [Fact]
    public async Task StartFit_ZeroShotTopics_ComeFirstAndPredictAlsoAfterARestart()
    {
        await using TestServer server = await IngestedDocuments.FilledAsync();

        Fit fit = await FitAsync(server, settings =>
        {
            settings.ZeroshotTopicList.Add(["goalie hockey puck playoff skating defense overtime league", "cooking"]);
            settings.ZeroshotMinSimilarity = 0.4;
        });

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal((2, 0.4), (fit.Report.Settings.ZeroshotTopicList.Count, fit.Report.Settings.ZeroshotMinSimilarity));
        Topic hockey = (await server.TopicsAsync(1)).Topics.First(static topic => topic.TopicId == 0);
        Assert.Equal("goalie hockey puck playoff skating defense overtime league", hockey.Label);
        Assert.InRange(hockey.DocumentCount, 40, 50);
        Prediction before = await PredictAsync(server, 1, "puck goalie overtime");
        Assert.Equal((0, PredictMode.Centroid), (before.TopicId, before.Mode));
        await server.StopAsync();
        await server.StartAgainAsync();
        Assert.Equal(before, await PredictAsync(server, 1, "puck goalie overtime"));
    }

    [Fact]
    public async Task StartFit_TopicAttribute_TakesTheTopicsAsTheyAre()
    {
        await using TestServer server = await IngestedDocuments.FilledAsync();

        Fit fit = await FitAsync(server, static settings => settings.TopicAttribute = "theme");

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        ListTopicsResponse topics = await server.TopicsAsync(1);
        Assert.Equal(56, topics.OutlierCount);
        Assert.Equal(
            IngestedDocuments.Themes.Order(StringComparer.Ordinal),
            topics.Topics.Skip(1).Select(static topic => topic.Label).Order(StringComparer.Ordinal));
        Assert.All(topics.Topics.Skip(1), static topic => Assert.Equal(36, topic.DocumentCount));
        Assert.Equal("theme", fit.Report.Settings.TopicAttribute);
        int hockey = topics.Topics.Single(static topic => topic.Label == "hockey").TopicId;
        await server.StopAsync();
        await server.StartAgainAsync();
        Prediction prediction = await PredictAsync(server, 1, "puck goalie overtime skating");
        Assert.Equal((hockey, PredictMode.Centroid), (prediction.TopicId, prediction.Mode));
    }

    [Fact]
    public async Task StartFit_TopicAttributeOfAFewDocuments_NeedsNoMoreThanItsTopics()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("few");
        await using (IngestCall call = await IngestCall.OpenAsync(server, "few", "fill"))
        {
            await call.SendAsync(0, [.. Enumerable.Range(0, 3).Select(static index => new Document
            {
                Id = FormattableString.Invariant($"d{index}"),
                Text = index < 2 ? "moon rocket" : "cipher key",
                Attributes = { { "theme", index < 2 ? "space" : "privacy" } },
            })]);
            await call.ReadAckAsync();
            await call.CloseAsync();
        }

        StartFitRequest request = TestServer.FitRequest("few", "m", "stable");
        request.Settings.TopicAttribute = "theme";
        Fit fit = await server.FitAsync(request);

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(["space", "privacy"], (await server.TopicsAsync(1)).Topics.Select(static topic => topic.Label));
        Assert.Equal(1, (await PredictAsync(server, 1, "key cipher")).TopicId);
    }

    [Fact]
    public async Task StartFit_TargetAttribute_ChangesTheLayoutAndIsReported()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        Fit fit = await FitAsync(server, static settings => settings.TargetAttribute = "author");

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal("author", fit.Report.Settings.TargetAttribute);
        Assert.Equal(PredictMode.Density, (await PredictAsync(server, 2, "rocket orbit")).Mode);
        Assert.NotEqual(await MembersAsync(server, 1), await MembersAsync(server, 2));
    }

    [Theory]
    [InlineData("nowhere", true, "No document of 'corpora/dated' has a value of the attribute 'nowhere'.")]
    [InlineData("nowhere", false, "No document of 'corpora/dated' has a value of the attribute 'nowhere'.")]
    [InlineData("language", true, "The attribute 'language' has one value")]
    [InlineData("language", false, "All documents of 'corpora/dated' have the same 'language'")]
    public async Task StartFit_AttributeThatTellsNothing_FailsWithTheReason(string attribute, bool topics, string expected)
    {
        await using TestServer server = await IngestedDocuments.FilledAsync();

        Fit fit = await FitAsync(server, settings =>
        {
            settings.TopicAttribute = topics ? attribute : string.Empty;
            settings.TargetAttribute = topics ? string.Empty : attribute;
        });

        Assert.Equal((Fit.Types.State.Failed, (int)StatusCode.FailedPrecondition), (fit.State, fit.Error.Code));
        Assert.Contains(expected, fit.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Embedder.Calls);
    }

    [Fact]
    public async Task StartFit_GuidanceOutOfRange_NamesTheField()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 60);
        FitSettings.Types.SeedTopic seed = new() { Words = { "moon" } };

        Assert.Equal(
            ["settings.seed_topic_list[0].words"],
            await FieldsAsync(server, static settings => settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic())));
        Assert.Equal(
            ["settings.seed_topic_list[0].words[1]"],
            await FieldsAsync(
                server, static settings => settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic { Words = { "moon", " " } })));
        Assert.Equal(
            ["settings.seed_topic_list[0].words[0]"],
            await FieldsAsync(
                server,
                static settings => settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic { Words = { new string('x', 257) } })));
        Assert.Equal(
            ["settings.seed_topic_list"], await FieldsAsync(server, settings => settings.SeedTopicList.Add(Enumerable.Repeat(seed, 501))));
        Assert.Equal(
            ["settings.zeroshot_topic_list[1]", "settings.zeroshot_topic_list[2]"],
            await FieldsAsync(server, static settings => settings.ZeroshotTopicList.Add(["Space", "Space", ""])));
        Assert.Equal(
            ["settings.zeroshot_min_similarity"], await FieldsAsync(server, static settings => settings.ZeroshotMinSimilarity = 1.5));
        Assert.Equal(
            ["settings.target_attribute"], await FieldsAsync(server, static settings => settings.TargetAttribute = new string('x', 65)));
    }

    [Fact]
    public async Task StartFit_GuidanceThatContradicts_NamesTheField()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 60);

        Assert.Equal(["settings.zeroshot_topic_list"], await FieldsAsync(server, static settings =>
        {
            settings.ZeroshotTopicList.Add("Space");
            settings.NrTopics = 5;
        }));
        Assert.Equal(["settings.target_attribute"], await FieldsAsync(server, static settings =>
        {
            settings.SeedTopicList.Add(new FitSettings.Types.SeedTopic { Words = { "moon" } });
            settings.TargetAttribute = "theme";
        }));
        Assert.Equal(["settings.topic_attribute"], await FieldsAsync(server, static settings =>
        {
            settings.TopicAttribute = "theme";
            settings.TargetAttribute = "author";
        }));
    }

    private static Task<Fit> FitAsync(TestServer server, Action<FitSettings> guide)
    {
        StartFitRequest request = TestServer.FitRequest("dated", "m", "stable");
        guide(request.Settings);
        return server.FitAsync(request);
    }

    private static async Task<string[]> FieldsAsync(TestServer server, Action<FitSettings> guide)
    {
        StartFitRequest request = TestServer.FitRequest("news", "m");
        guide(request.Settings);
        return Refusal.Fields(await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => server.FitAsync(request)));
    }

    private static double ScoreOf(ListTopicsResponse topics, string term) =>
        topics.Topics.SelectMany(static topic => topic.Words)
            .Where(word => word.Term == term)
            .Select(static word => word.Score)
            .DefaultIfEmpty()
            .Max();

    private static async Task<Prediction> PredictAsync(TestServer server, long version, string text) =>
        (await server.Predictions.PredictAsync(
            new PredictRequest { Selector = TestServer.SelectorOf(version), Text = text }, cancellationToken: Token)).Prediction;

    private static async Task<ListTopicDocumentsResponse> MembersAsync(TestServer server, long version)
    {
        ListTopicDocumentsResponse members = await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = TestServer.SelectorOf(version) }, cancellationToken: Token);
        members.ModelVersion = string.Empty;
        return members;
    }
}
