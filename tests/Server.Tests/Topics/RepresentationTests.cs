using Grpc.Core;
using TopicGrpc.V1;
using Parts = TopicGrpc.V1.VersionOperation.Types;
using Steps = TopicGrpc.V1.Representation.Types;

namespace TopicGrpc.Server.Tests.Topics;

public sealed class RepresentationTests
{
    private static readonly Representation KeyBert = new() { KeyBertInspired = new Steps.KeyBertInspired { TopNWords = 5 } };
    private static readonly Representation Diverse = new()
    {
        MaximalMarginalRelevance = new Steps.MaximalMarginalRelevance { Diversity = 0.7, TopNWords = 3 },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_ChainAndAspects_AreServedBesideEachOtherAlsoAfterARestart()
    {
        await using TestServer server = await FittedAsync();
        ListTopicsResponse before = await server.TopicsAsync(1);
        await server.StopAsync();
        await server.StartAgainAsync();

        ListTopicsResponse after = await server.TopicsAsync(1);

        Assert.Equal(before, after);
        foreach (Topic topic in after.Topics.Where(static topic => topic.TopicId >= 0))
        {
            Assert.Equal(3, topic.Words.Count);
            Assert.Equal(["Close", "Weighted"], topic.Aspects.Select(static aspect => aspect.Name));
            Assert.Equal(5, topic.Aspects[0].Words.Count);
            Assert.All(topic.Words, word => Assert.Contains(word, topic.Aspects[0].Words));
            Assert.Equal(
                topic.Aspects[0].Words.Select(static word => word.Score).OrderDescending(),
                topic.Aspects[0].Words.Select(static word => word.Score));
            Assert.StartsWith(
                FormattableString.Invariant($"{topic.TopicId}_{topic.Words[0].Term}_"), topic.TopicName, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StartFit_Representation_EmbedsEachWordOnceAndReportsTheSettings()
    {
        await using TestServer server = await FittedAsync();
        ModelVersion version = (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token)).ModelVersion;
        int words = (await server.TopicsAsync(1)).Topics
            .SelectMany(static topic => topic.Aspects.Single(static aspect => aspect.Name == "Weighted").Words)
            .Select(static word => word.Term)
            .Distinct()
            .Count();

        RepresentationSettings resolved = version.Report.Settings.RepresentationModel;

        Assert.InRange(server.Embedder.Calls, 200 + words, 200 + words + 10);
        Assert.Equal(100, resolved.Main[0].KeyBertInspired.NrCandidateWords);
        Assert.Equal(0.7, resolved.Main[1].MaximalMarginalRelevance.Diversity);
        Assert.Equal(["Close", "Weighted"], resolved.Aspects.Select(static aspect => aspect.Name));
    }

    [Fact]
    public async Task GetTopic_AspectsAndWordCount_AreCutAlike()
    {
        await using TestServer server = await FittedAsync();

        ListTopicsResponse two = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = TestServer.SelectorOf(1), WordCount = 2 }, cancellationToken: Token);
        Topic whole = (await server.Topics.GetTopicAsync(
            new GetTopicRequest { Selector = TestServer.SelectorOf(1), TopicId = 1 }, cancellationToken: Token)).Topic;

        Assert.All(two.Topics, static topic => Assert.All(topic.Aspects, static aspect => Assert.Equal(2, aspect.Words.Count)));
        Assert.Equal(5, whole.Aspects[0].Words.Count);
    }

    [Fact]
    public async Task DeriveVersion_MergedTopics_GetTheirWordsInTheSameWay()
    {
        await using TestServer server = await FittedAsync();

        Fit fit = await server.DeriveAsync(
            1,
            new VersionOperation
            {
                MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { 0, 1 } } } },
            });

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Empty(fit.Report.Warnings);
        Assert.Equal(2, fit.Report.Settings.RepresentationModel.Main.Count);
        ListTopicsResponse merged = await server.TopicsAsync(2);
        Assert.All(merged.Topics, static topic => Assert.Equal((3, 2), (topic.Words.Count, topic.Aspects.Count)));
    }

    [Fact]
    public async Task DeriveVersion_Representation_ReplacesTheOneBefore()
    {
        await using TestServer server = await FittedAsync();
        Parts.UpdateTopics diverse = new()
        {
            RepresentationModel = new RepresentationSettings
            {
                Main = { Diverse },
                Aspects = { new AspectSettings { Name = "Diverse", Steps = { Diverse } } },
            },
        };

        Fit first = await server.DeriveAsync(1, new VersionOperation { UpdateTopics = diverse });
        Fit second = await server.DeriveAsync(
            2,
            new VersionOperation
            {
                UpdateTopics = new Parts.UpdateTopics { RepresentationModel = new RepresentationSettings(), TopNWords = 6 },
            });

        Assert.True(first.State == Fit.Types.State.Succeeded, first.Error?.ToString());
        Assert.True(second.State == Fit.Types.State.Succeeded, second.Error?.ToString());
        ListTopicsResponse two = await server.TopicsAsync(2);
        Assert.All(two.Topics, static topic => Assert.Equal(topic.Words, topic.Aspects.Single().Words));
        ListTopicsResponse three = await server.TopicsAsync(3);
        Assert.All(three.Topics, static topic => Assert.Equal((6, 0), (topic.Words.Count, topic.Aspects.Count)));
        Assert.Null(second.Report.Settings.RepresentationModel);
    }

    [Fact]
    public async Task DeriveVersion_CorpusDeleted_DiverseWordsStillComeAndKeyBertIsRefused()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);

        Fit fit = await server.DeriveAsync(1, Update(Diverse));
        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "NOT_AVAILABLE", () => server.DeriveAsync(1, Update(KeyBert)));

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.All((await server.TopicsAsync(2)).Topics, static topic => Assert.Equal(3, topic.Words.Count));
    }

    [Fact]
    public async Task CancelFit_WordsStillWaitForTheEncoder_EndsAtOnce()
    {
        await using TestServer server = await TestServer.FittedAsync();
        server.Embedder.Hold();
        DeriveVersionResponse started = await server.Models.DeriveVersionAsync(
            new DeriveVersionRequest { Selector = TestServer.SelectorOf(1), Operation = Update(KeyBert) }, cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);

        await server.Fits.CancelFitAsync(new CancelFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        Fit ended = await server.EndOfAsync(started.Fit.Name);

        Assert.Equal(Fit.Types.State.Cancelled, ended.State);
    }

    [Fact]
    public async Task StartFit_RepresentationsOutOfRange_NamesEveryField()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 60);
        StartFitRequest request = TestServer.FitRequest("news", "m");
        request.Settings.RepresentationModel = new RepresentationSettings
        {
            Main = { new Representation(), new Representation { KeyBertInspired = new Steps.KeyBertInspired { NrReprDocs = 0 } } },
            Aspects =
            {
                new AspectSettings { Name = "Main" },
                new AspectSettings { Name = " " },
                new AspectSettings
                {
                    Name = "a",
                    Steps = { new Representation { MaximalMarginalRelevance = new Steps.MaximalMarginalRelevance { Diversity = 2 } } },
                },
                new AspectSettings { Name = "a" },
            },
        };

        RpcException refused = await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => server.FitAsync(request));

        const string At = "settings.representation_model";
        Assert.Equal(
            [
                $"{At}.main[0]",
                $"{At}.main[1].key_bert_inspired.nr_repr_docs",
                $"{At}.aspects[1].name",
                $"{At}.aspects[2].steps[0].maximal_marginal_relevance.diversity",
                $"{At}.aspects[0].name",
                $"{At}.aspects[3].name",
            ],
            Refusal.Fields(refused));
    }

    private static VersionOperation Update(Representation step) => new()
    {
        UpdateTopics = new Parts.UpdateTopics { RepresentationModel = new RepresentationSettings { Main = { step } } },
    };

    /// <summary>Version 1 of <c>m</c>: three different ones of the five words nearest to the documents, and two aspects.</summary>
    private static async Task<TestServer> FittedAsync()
    {
        TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.RepresentationModel = new RepresentationSettings
        {
            Main = { KeyBert, Diverse },
            Aspects = { new AspectSettings { Name = "Weighted" }, new AspectSettings { Name = "Close", Steps = { KeyBert } } },
        };
        Fit fit = await server.FitAsync(request);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return server;
    }
}
