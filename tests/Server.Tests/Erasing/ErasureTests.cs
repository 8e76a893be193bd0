using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Erasing;

/// <summary>Erased documents are hidden at once and then gone from every file.</summary>
public sealed class ErasureTests
{
    private const string CanaryId = "canary-id-7f3a";
    private const string CanaryText = "orbit rocket lunar shuttle zqxcanaryzqx telescope";

    private static readonly ModelSelector Fitted = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeleteDocuments_AcknowledgedByAServerWithVersions_HidesTheDocumentInEveryAnswer()
    {
        await using TestServer server = await FittedAsync();
        Assert.Contains(CanaryId, await server.MemberIdsAsync(Fitted));
        string before = await AnswersAsync(server);
        Assert.Contains(CanaryText, before, StringComparison.Ordinal);
        Assert.Contains("found 1", before, StringComparison.Ordinal);
        RepresentativeDocument representative = (await server.TopicsAsync(1)).Topics[^1].RepresentativeDocuments[0];

        Erasure receipt = await server.EraseAsync("news", CanaryId, "no such document", representative.DocumentId);

        string answers = await AnswersAsync(server);
        Assert.Contains("found 0", answers, StringComparison.Ordinal);
        Assert.Equal(2, receipt.DocumentCount);
        Assert.Equal(CanaryText.Length + representative.Text.Length, receipt.TextBytes);
        Assert.DoesNotContain(representative.DocumentId, answers, StringComparison.Ordinal);
        Assert.DoesNotContain(CanaryId, answers, StringComparison.Ordinal);
        Assert.DoesNotContain(CanaryText, answers, StringComparison.Ordinal);
        Corpus corpus = await server.CorpusAsync("news");
        Assert.Equal(199, corpus.DocumentCount);
        await server.EndOfErasureAsync(receipt.Name);
        Assert.DoesNotContain(CanaryText, await AnswersAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteDocuments_Succeeded_NoFileContainsTextIdOrVector()
    {
        await using TestServer server = await FittedAsync();
        VersionOperation give = new() { UpdateTopics = new() { Topics = { [CanaryId] = 0, ["d00001"] = 1 } } };
        Fit derived = await server.DeriveAsync(1, give);
        Assert.Equal(Fit.Types.State.Succeeded, derived.State);
        int representatives = (await server.TopicsAsync(1)).Topics
            .SelectMany(static topic => topic.RepresentativeDocuments).Count(static document => document.DocumentId == CanaryId);
        byte[][] canaries = Canaries(server);
        Assert.All(canaries, canary => Assert.NotEmpty(FilesWith(server.DataDirectory, canary)));

        Erasure started = await server.EraseAsync("news", CanaryId);
        Erasure ended = await server.EndOfErasureAsync(started.Name);

        Assert.All(canaries, canary => Assert.Empty(FilesWith(server.DataDirectory, canary)));
        Assert.Equal(
            ["models/m/versions/1", "models/m/versions/2", "corpora/news"], ended.Findings.Select(static finding => finding.Resource));
        Assert.All(ended.Findings, static finding => Assert.NotNull(finding.RemoveTime));
        Assert.All(ended.Findings, static finding => Assert.Equal(1, finding.DocumentCount));
        Assert.Equal(representatives, ended.Findings[0].RepresentativeDocumentCount);
        Assert.NotNull(ended.EndTime);
        Assert.Empty(ended.Unexamined);
        Assert.Null(ended.Error);
        Assert.DoesNotContain(CanaryId, (await server.Fits.GetFitAsync(
            new GetFitRequest { Name = derived.Name }, cancellationToken: Token)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteDocuments_Succeeded_TheRestartedServerAnswersOthersAsBefore()
    {
        await using TestServer server = await FittedAsync();
        Prediction[] before = await PredictAsync(server);
        Erasure started = await server.EraseAsync("news", CanaryId);
        Prediction[] hidden = await PredictAsync(server);
        await server.EndOfErasureAsync(started.Name);
        Prediction[] replaced = await PredictAsync(server);
        await server.StopAsync();
        await server.StartAgainAsync();

        Assert.Equal(before[1..].Select(static answer => answer.TopicId), hidden[1..].Select(static answer => answer.TopicId));
        Assert.True(before[0].KnownDocument);
        Assert.False(hidden[0].KnownDocument);
        Assert.Equal(hidden, replaced);
        Assert.Equal(hidden, await PredictAsync(server));
        Assert.DoesNotContain(CanaryId, await server.MemberIdsAsync(Fitted));
        Assert.Equal(200, (await server.MemberIdsAsync(Fitted)).Count);
    }

    [Fact]
    public async Task DeleteDocuments_ThenFit_TheNewVersionHasTheOtherDocuments()
    {
        await using TestServer server = await FittedAsync();
        Erasure started = await server.EraseAsync("news", CanaryId);

        Fit fit = await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.Equal(200, fit.DocumentCount);
        await server.EndOfErasureAsync(started.Name);
        Fit again = await server.FitAsync(TestServer.FitRequest("news", "m"));
        Assert.Equal(200, again.DocumentCount);
    }

    [Fact]
    public async Task DeleteDocuments_DuringAFitThatHasReadThem_TheFitStartsAgainWithoutThem()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillAsync("news", 200, Canary());
        server.Embedder.HoldAfter(20);
        StartFitResponse fit = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m", "stable"), cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);

        Erasure started = await server.EraseAsync("news", CanaryId);
        server.Embedder.Release();
        Fit ended = await server.EndOfAsync(fit.Fit.Name);
        await server.EndOfErasureAsync(started.Name);

        Assert.Equal(Fit.Types.State.Succeeded, ended.State);
        Assert.Equal(200, ended.DocumentCount);
        Assert.All(Canaries(server), canary => Assert.Empty(FilesWith(server.DataDirectory, canary)));
    }

    [Fact]
    public async Task DeriveVersion_FromAVersionWithErasedDocuments_LeavesThemOut()
    {
        await using TestServer server = await FittedAsync();
        Erasure started = await server.EraseAsync("news", CanaryId);

        Fit updated = await server.DeriveAsync(1, new VersionOperation { UpdateTopics = new() { TopNWords = 5 } });
        await server.EndOfErasureAsync(started.Name);
        Fit reduced = await server.DeriveAsync(1, new VersionOperation { ReduceTopics = new() { NrTopics = 3 } });

        Assert.Equal(Fit.Types.State.Succeeded, updated.State);
        Assert.True(reduced.State == Fit.Types.State.Succeeded, reduced.Error?.ToString());
        foreach (long version in (long[])[2, 3])
        {
            Assert.Equal(200, (await server.MemberIdsAsync(TestServer.SelectorOf(version))).Count);
            ListTopicsResponse topics = await server.TopicsAsync(version);
            Assert.DoesNotContain(topics.Topics.SelectMany(static topic => topic.RepresentativeDocuments), static document =>
                document.Text.Length == 0 || document.DocumentId == CanaryId);
        }

        Assert.All(Canaries(server), canary => Assert.Empty(FilesWith(server.DataDirectory, canary)));
    }

    [Fact]
    public async Task DeleteDocuments_MergedVersion_IsErasedUnderItsQualifiedId()
    {
        await using TestServer server = await FittedAsync();
        await server.FillAsync("other", 200);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.FitAsync(TestServer.FitRequest("other", "m"))).State);
        Fit merged = await server.DeriveAsync(
            1, new VersionOperation { MergeModels = new() { ModelVersions = { "models/m/versions/2" } } });
        Assert.Equal(Fit.Types.State.Succeeded, merged.State);
        Assert.Contains("news/" + CanaryId, await server.MemberIdsAsync(TestServer.SelectorOf(3)));

        Erasure started = await server.EraseAsync("news", CanaryId, "d00000");
        Erasure ended = await server.EndOfErasureAsync(started.Name);

        List<string> members = await server.MemberIdsAsync(TestServer.SelectorOf(3));
        Assert.DoesNotContain("news/" + CanaryId, members);
        Assert.DoesNotContain("news/d00000", members);
        Assert.Contains("other/d00000", members);
        Assert.Contains("d00000", await server.MemberIdsAsync(TestServer.SelectorOf(2)));
        Assert.Equal(
            ["models/m/versions/1", "models/m/versions/3", "corpora/news"], ended.Findings.Select(static finding => finding.Resource));
        Assert.All(Canaries(server), canary => Assert.Empty(FilesWith(server.DataDirectory, canary)));
    }

    [Theory]
    [InlineData(10, null, null, 190)]
    [InlineData(null, 10, null, 10)]
    [InlineData(10, 20, null, 10)]
    [InlineData(null, null, "2", 50)]
    [InlineData(null, 8, "2", 2)]
    public async Task DeleteDocuments_ByFilter_ErasesWhatMeetsAllConditions(int? from, int? before, string? theme, int expected)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillAsync("news", 200, Canary());

        DeleteDocumentsRequest.Types.Filter filter = new() { FromTime = Day(from), BeforeTime = Day(before) };
        if (theme is not null)
        {
            filter.Attributes["theme"] = theme;
        }

        Erasure started = await server.EraseAsync("news", filter);
        await server.EndOfErasureAsync(started.Name);

        Assert.Equal(expected, started.DocumentCount);
        Corpus corpus = await server.CorpusAsync("news");
        Assert.Equal(201 - expected, corpus.DocumentCount);
    }

    [Fact]
    public async Task DeleteDocuments_FilterWithoutACondition_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");

        RpcException empty = await Assert.ThrowsAsync<RpcException>(
            () => server.EraseAsync("news", new DeleteDocumentsRequest.Types.Filter()));
        RpcException reversed = await Assert.ThrowsAsync<RpcException>(() => server.EraseAsync(
            "news", new DeleteDocumentsRequest.Types.Filter { FromTime = Day(2), BeforeTime = Day(2) }));
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(() => server.ReceiptAsync("corpora/news/erasures/e1"));

        Assert.Equal(StatusCode.InvalidArgument, empty.StatusCode);
        Assert.Contains("filter: must have from_time", empty.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("filter.before_time: must be after from_time", reversed.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task DeleteDocuments_SameRequestId_ReturnsTheFirstErasure()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillAsync("news", 20);
        DeleteDocumentsRequest request = new() { Corpus = "corpora/news", Ids = new() { Values = { "d00003" } }, RequestId = "r1" };

        Erasure first = (await server.Corpora.DeleteDocumentsAsync(request, cancellationToken: Token)).Erasure;
        Erasure again = (await server.Corpora.DeleteDocumentsAsync(request, cancellationToken: Token)).Erasure;
        Erasure other = await server.EraseAsync("news", "d00003");

        Assert.Equal(first.Name, again.Name);
        Assert.NotEqual(first.Name, other.Name);
        Assert.Equal(0, other.DocumentCount);
        Assert.Equal(Erasure.Types.State.Succeeded, other.State);
    }

    [Fact]
    public async Task IngestDocuments_ErasedIdAgain_IsANewDocument()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillAsync("news", 20, Canary());
        Erasure started = await server.EraseAsync("news", CanaryId);

        IngestDocumentsResponse.Types.Ack again = await server.AddAsync("news", "later", Canary());
        await server.EndOfErasureAsync(started.Name);
        IngestDocumentsResponse.Types.Ack repeated = await server.AddAsync("news", "last", Canary());

        Assert.Equal(1, again.AcceptedCount);
        Assert.Equal(1, repeated.DuplicateCount);
        await server.StopAsync();
        await server.StartAgainAsync();
        Corpus corpus = await server.CorpusAsync("news");
        Assert.Equal(21, corpus.DocumentCount);
    }

    [Fact]
    public async Task UpdateCorpus_Retention_ErasesOlderDocumentsAtTheNextCheck()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddDays(100));
        await using TestServer server = await TestServer.FittedAsync(clock);
        await server.FillAsync("dated", 100, Canary());
        UpdateCorpusResponse updated = await server.Corpora.UpdateCorpusAsync(
            new UpdateCorpusRequest { Name = "corpora/dated", Retention = Duration.FromTimeSpan(TimeSpan.FromDays(30)) },
            cancellationToken: Token);
        Assert.Equal(TimeSpan.FromDays(30), updated.Corpus.Retention.ToTimeSpan());

        Corpus corpus;
        do
        {
            clock.Advance(TimeSpan.FromMinutes(61));
            await Task.Delay(10, Token);
            corpus = await server.CorpusAsync("dated");
        }
        while (corpus.DocumentCount == 101);

        // Documents of the days 70 to 99, and the one without a time; some hours may have passed.
        Assert.InRange(corpus.DocumentCount, 29, 31);
        UpdateCorpusResponse ended = await server.Corpora.UpdateCorpusAsync(
            new UpdateCorpusRequest { Name = "corpora/dated", Retention = new Duration(), DisplayName = "D" }, cancellationToken: Token);
        Assert.Null(ended.Corpus.Retention);
        Assert.Equal("D", ended.Corpus.DisplayName);
    }

    [Theory]
    [InlineData(3599)]
    [InlineData(-1)]
    [InlineData(36_500L * 86_400 + 1)]
    public async Task UpdateCorpus_RetentionOutOfRange_IsRejected(long seconds)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");

        RpcException rejected = await Assert.ThrowsAsync<RpcException>(async () => await server.Corpora.UpdateCorpusAsync(
            new UpdateCorpusRequest { Name = "corpora/news", Retention = new Duration { Seconds = seconds } }, cancellationToken: Token));

        Assert.Equal(StatusCode.InvalidArgument, rejected.StatusCode);
        Assert.Contains("retention: must be 0", rejected.Status.Detail, StringComparison.Ordinal);
    }

    private static Document Canary() => new() { Id = CanaryId, Text = CanaryText };

    private static Timestamp? Day(int? day) =>
        day is { } given ? Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(given)) : null;

    /// <summary>A server with a version in which the canary represents its topic.</summary>
    private static async Task<TestServer> FittedAsync()
    {
        TestServer server = await TestServer.StartAsync();
        await server.FillAsync("news", 200, Canary());
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        Fit fit = await server.FitAsync(request);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return server;
    }

    private static byte[][] Canaries(TestServer server)
    {
        float[] vector = new float[server.Embedder.Info.Dimension];
        server.Embedder.Embed(CanaryText, vector, Token);
        return [Encoding.UTF8.GetBytes(CanaryText), Encoding.UTF8.GetBytes(CanaryId), MemoryMarshal.AsBytes(vector.AsSpan()).ToArray()];
    }

    private static List<string> FilesWith(string folder, byte[] canary) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static path => Path.GetFileName(path) is not ("LOCK" or "RESERVE"))
            .Where(path =>
            {
                using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes.AsSpan().IndexOf(canary) >= 0;
            }),
    ];

    private static async Task<Prediction[]> PredictAsync(TestServer server)
    {
        List<Prediction> answers = [];
        foreach (string text in (string[])[CanaryText, .. Enumerable.Range(0, 20).Select(ThemedTexts.Text), "puck orbit"])
        {
            answers.Add((await server.Predictions.PredictAsync(
                new PredictRequest { Selector = Fitted, Text = text }, cancellationToken: Token)).Prediction);
        }

        return [.. answers];
    }

    /// <summary>What lists, charts and explanations of the version answer, as text.</summary>
    private static async Task<string> AnswersAsync(TestServer server)
    {
        StringBuilder answers = new();
        void Add(IMessage message) => answers.AppendLine(message.ToString());
        Add(await server.Topics.ListTopicsAsync(new ListTopicsRequest { Selector = Fitted, PageSize = 1000 }, cancellationToken: Token));
        Add(await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = Fitted, PageSize = 5000 }, cancellationToken: Token));
        foreach (int topic in Enumerable.Range(0, ThemedTexts.ThemeCount))
        {
            Add(await server.Topics.GetTopicAsync(new GetTopicRequest { Selector = Fitted, TopicId = topic }, cancellationToken: Token));
            Add(await server.Predictions.ExplainPredictionAsync(
                new ExplainPredictionRequest { Selector = Fitted, Text = ThemedTexts.Text(topic), TopicId = topic },
                cancellationToken: Token));
        }

        MapService.MapServiceClient maps = new(server.Channel);
        Add(await maps.GetMapAsync(new GetMapRequest { Selector = Fitted }, cancellationToken: Token));
        Add(await maps.ListMapColumnsAsync(new ListMapColumnsRequest { Selector = Fitted }, cancellationToken: Token));
        foreach (int[] rows in Enumerable.Range(0, 201).Chunk(100))
        {
            Add(await maps.BatchGetMapDocumentsAsync(
                new BatchGetMapDocumentsRequest { Selector = Fitted, Rows = { rows } }, cancellationToken: Token));
        }

        SearchMapDocumentsResponse found = await maps.SearchMapDocumentsAsync(
            new SearchMapDocumentsRequest { Selector = Fitted, Query = "zqxcanaryzqx" }, cancellationToken: Token);
        answers.AppendLine(FormattableString.Invariant($"found {found.MatchCount}"));
        Add(await server.Topics.ListTopicsPerClassAsync(
            new ListTopicsPerClassRequest { Selector = Fitted, Attribute = "theme" }, cancellationToken: Token));
        RenderChartResponse chart = await server.Topics.RenderChartAsync(
            new RenderChartRequest { Selector = Fitted, Kind = RenderChartRequest.Types.Kind.DocumentMap }, cancellationToken: Token);
        answers.Append(chart.Content.ToStringUtf8());
        return answers.ToString();
    }
}
