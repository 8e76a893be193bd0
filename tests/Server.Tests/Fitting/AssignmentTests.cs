using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Client;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Server.Tests.Erasing;
using TopicGrpc.Server.Tests.Maintenance;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Member = TopicGrpc.V1.ListTopicDocumentsResponse.Types.Member;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class AssignmentTests
{
    private static readonly ModelSelector Version = TestServer.SelectorOf(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AssignCorpus_AnotherCorpus_StoresTheTopicOfEachPrediction()
    {
        await using TestServer server = await FittedAsync(documents: 40);

        Fit ended = await AssignAsync(server);

        Assert.Equal((Fit.Types.State.Succeeded, Fit.Types.Kind.Assignment), (ended.State, ended.Kind));
        Assert.Equal(("models/m/versions/1", "", 40), (ended.ModelVersion, ended.ParentVersion, ended.DocumentCount));
        Member[] members = await MembersAsync(server);
        Assert.Equal(40, members.Select(static member => member.DocumentId).Distinct().Count());
        for (int index = 0; index < members.Length; index++)
        {
            Prediction expected = (await server.Predictions.PredictAsync(
                new PredictRequest { Selector = Version, Text = ThemedTexts.Text(1000 + index) }, cancellationToken: Token)).Prediction;
            Assert.Equal((expected.TopicId, (float)expected.Probability), (members[index].TopicId, (float)members[index].Probability));
        }
    }

    [Fact]
    public async Task AssignCorpus_AfterAnIngest_AssignsTheNewDocumentsOnly()
    {
        await using TestServer server = await FittedAsync(documents: 20);
        await AssignAsync(server);
        await IngestAsync(server, "more", first: 20, count: 10);

        Fit second = await AssignAsync(server);
        Fit third = await AssignAsync(server);

        Assert.Equal((10, 0), (second.DocumentCount, third.DocumentCount));
        Assert.Equal(30, (await MembersAsync(server)).Length);
    }

    [Fact]
    public async Task AssignCorpus_RequestIdRepeated_ReturnsTheFirstJob()
    {
        await using TestServer server = await FittedAsync(documents: 20);
        AssignCorpusRequest request = new() { Selector = Version, Corpus = "corpora/archive", RequestId = "once" };

        string first = (await server.Fits.AssignCorpusAsync(request, cancellationToken: Token)).Fit.Name;
        string again = (await server.Fits.AssignCorpusAsync(request, cancellationToken: Token)).Fit.Name;

        Assert.StartsWith("fits/a", first, StringComparison.Ordinal);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task ListTopicDocuments_TopicAndPages_AreThoseOfTheAssignment()
    {
        await using TestServer server = await FittedAsync(documents: 40);
        await AssignAsync(server);
        Member[] all = await MembersAsync(server);
        int topic = all.First(static member => member.TopicId >= 0).TopicId;

        Member[] one = await MembersAsync(server, topic, pageSize: 3);

        Assert.Equal(
            all.Where(member => member.TopicId == topic).Select(static member => member.DocumentId),
            one.Select(static member => member.DocumentId));
        Assert.Equal(all, await MembersAsync(server, pageSize: 7));
    }

    [Fact]
    public async Task ListTopicsOverTime_Corpus_CountsItsDocuments()
    {
        await using TestServer server = await FittedAsync(documents: 0);
        await using (IngestCall call = await IngestCall.OpenAsync(server, "archive", "dated"))
        {
            await call.SendAsync(0, [.. Enumerable.Range(0, 12).Select(static index => new Document
            {
                Id = $"a{index:00}",
                Text = ThemedTexts.Text(index),
                EventTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1 + (index % 2), 1, 0, 0, 0, TimeSpan.Zero)),
                Attributes = { ["kind"] = index % 3 == 0 ? "x" : "y" },
            })]);
            await call.ReadAckAsync();
            await call.CloseAsync();
        }

        await AssignAsync(server);

        ListTopicsOverTimeResponse times = await server.Topics.ListTopicsOverTimeAsync(
            new ListTopicsOverTimeRequest { Selector = Version, Corpus = "corpora/archive" }, cancellationToken: Token);
        ListTopicsPerClassResponse classes = await server.Topics.ListTopicsPerClassAsync(
            new ListTopicsPerClassRequest { Selector = Version, Corpus = "corpora/archive", Attribute = "kind" }, cancellationToken: Token);

        Assert.Equal(12, times.Points.Sum(static point => point.DocumentCount));
        Assert.Equal(2, times.Points.Select(static point => point.Time).Distinct().Count());
        Assert.Equal(4, classes.Points.Where(static point => point.ClassName == "x").Sum(static point => point.DocumentCount));
    }

    [Fact]
    public async Task ListTopicDocuments_CorpusWithoutAssignment_SaysWhatToCall()
    {
        await using TestServer server = await FittedAsync(documents: 20);

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => MembersAsync(server));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("AssignCorpus", error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ListTopicDocuments_CorpusWithAnotherPart_IsRejectedWithTheField(int part)
    {
        await using TestServer server = await FittedAsync(documents: 20);
        ListTopicDocumentsRequest request = new()
        {
            Selector = Version,
            Corpus = "corpora/archive",
            IncludeContent = part == 1,
            IncludePosition = part == 2,
            IncludeEmbedding = part == 3,
        };

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Topics.ListTopicDocumentsAsync(request, cancellationToken: Token));

        string[] fields = ["include_content", "include_position", "include_embedding"];
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith(fields[part - 1], error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssignCorpus_UnknownCorpusOrVersion_IsNotFound()
    {
        await using TestServer server = await FittedAsync(documents: 0);

        RpcException corpus = await Assert.ThrowsAsync<RpcException>(async () => await server.Fits.AssignCorpusAsync(
            new AssignCorpusRequest { Selector = Version, Corpus = "corpora/none" }, cancellationToken: Token));
        RpcException version = await Assert.ThrowsAsync<RpcException>(async () => await server.Fits.AssignCorpusAsync(
            new AssignCorpusRequest { Selector = TestServer.SelectorOf(9), Corpus = "corpora/archive" }, cancellationToken: Token));

        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (corpus.StatusCode, version.StatusCode));
    }

    [Fact]
    public async Task AssignCorpus_GivenEmbeddings_StoresTheTopicOfEachPredictionWithoutTheEncoder()
    {
        await using TestServer server = await TestServer.StartAsync();
        await GivenVectors.FillAsync(server, "news", 200);
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        await GivenVectors.FillAsync(server, "archive", 60);
        int embedded = server.Embedder.Calls;

        Fit ended = await AssignAsync(server);

        Assert.Equal((60, embedded), (ended.DocumentCount, server.Embedder.Calls));
        Member[] members = await MembersAsync(server);
        Assert.Equal(60, members.Length);
        for (int index = 0; index < members.Length; index++)
        {
            Prediction expected = (await server.Predictions.PredictAsync(
                new PredictRequest { Selector = Version, Embedding = { GivenVectors.Of(ThemedTexts.Text(index)) } },
                cancellationToken: Token)).Prediction;
            Assert.Equal(expected.TopicId, members[index].TopicId);
        }
    }

    [Fact]
    public async Task AssignCorpus_EmbeddingsOfAnotherEncoder_IsRejectedWithBothNames()
    {
        await using TestServer server = await FittedAsync(documents: 0);
        await GivenVectors.FillAsync(server, "given", 10);

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await server.Fits.AssignCorpusAsync(
            new AssignCorpusRequest { Selector = Version, Corpus = "corpora/given" }, cancellationToken: Token));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("'mine'", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("'corpora/given'", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteDocuments_OfAnAssignedCorpus_RemovesTheirAssignment()
    {
        await using TestServer server = await FittedAsync(documents: 20);
        await AssignAsync(server);

        Erasure started = await server.EraseAsync("archive", "a00003", "a00007");

        Assert.DoesNotContain("a00003", (await MembersAsync(server)).Select(static member => member.DocumentId));
        await server.EndOfErasureAsync(started.Name);
        Assert.Equal(18, (await MembersAsync(server)).Length);
        byte[] file = await File.ReadAllBytesAsync(FileOf(server), Token);
        Assert.True(file.AsSpan().IndexOf("a00003"u8) < 0);
        Assert.True(file.AsSpan().IndexOf("a00004"u8) > 0);
        Assert.Equal(0, (await AssignAsync(server)).DocumentCount);
    }

    [Fact]
    public async Task DeleteVersion_ThatAssigned_RemovesTheFile()
    {
        await using TestServer server = await FittedAsync(documents: 20);
        Fit derived = await server.DeriveAsync(1, new VersionOperation { DeleteTopics = new() { TopicIds = { 3 } } });
        await AssignAsync(server, TestServer.SelectorOf(2));
        string file = FileOf(server, version: 2);
        Assert.True(File.Exists(file));

        await server.Models.DeleteVersionAsync(new DeleteVersionRequest { Name = derived.ModelVersion }, cancellationToken: Token);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Verify_DamagedAssignment_NamesTheFile()
    {
        await using TestServer server = await FittedAsync(documents: 20);
        await AssignAsync(server);
        using TopicGrpcClient client = new(server.Address);
        Assert.Empty((await client.Maintenance.VerifyAsync(Token)).Problems);

        Damage.Flip(FileOf(server));
        DataVerification found = await client.Maintenance.VerifyAsync(Token);

        Assert.Contains("assignments-m.1.bin", Assert.Single(found.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssignCorpus_FileWithATornBlock_AssignsItsDocumentsAgain()
    {
        await using TestServer server = await FittedAsync(documents: 20);
        await AssignAsync(server);
        await IngestAsync(server, "more", first: 20, count: 10);
        await AssignAsync(server);
        await server.StopAsync();
        byte[] whole = await File.ReadAllBytesAsync(FileOf(server), Token);
        await File.WriteAllBytesAsync(FileOf(server), whole[..^5], Token);
        await server.StartAgainAsync();

        Assert.Equal(20, (await MembersAsync(server)).Length);
        Fit again = await AssignAsync(server);

        Assert.Equal(10, again.DocumentCount);
        Assert.Equal(whole, await File.ReadAllBytesAsync(FileOf(server), Token));
    }

    private static string FileOf(TestServer server, int version = 1) =>
        Path.Combine(server.DataDirectory, "corpora", "archive", $"assignments-m.{version}.bin");

    private static async Task<TestServer> FittedAsync(int documents)
    {
        TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        await server.CreateCorpusAsync("archive");
        if (documents > 0)
        {
            await IngestAsync(server, "fill", 0, documents);
        }

        return server;
    }

    private static async Task IngestAsync(TestServer server, string session, int first, int count)
    {
        await using IngestCall call = await IngestCall.OpenAsync(server, "archive", session);
        await call.SendAsync(
            0, [.. Enumerable.Range(first, count).Select(static index => ($"a{index:00000}", ThemedTexts.Text(1000 + index)))]);
        await call.ReadAckAsync();
        await call.CloseAsync();
    }

    private static async Task<Fit> AssignAsync(TestServer server, ModelSelector? version = null)
    {
        AssignCorpusResponse started = await server.Fits.AssignCorpusAsync(
            new AssignCorpusRequest { Selector = version ?? Version, Corpus = "corpora/archive" }, cancellationToken: Token);
        Fit ended = await server.EndOfAsync(started.Fit.Name);
        Assert.True(ended.State == Fit.Types.State.Succeeded, ended.Error?.ToString());
        return ended;
    }

    private static async Task<Member[]> MembersAsync(TestServer server, int? topic = null, int pageSize = 0)
    {
        List<Member> members = [];
        ListTopicDocumentsRequest request = new() { Selector = Version, Corpus = "corpora/archive", PageSize = pageSize };
        if (topic is { } wanted)
        {
            request.TopicId = wanted;
        }

        do
        {
            ListTopicDocumentsResponse page = await server.Topics.ListTopicDocumentsAsync(request, cancellationToken: Token);
            members.AddRange(page.Members);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return [.. members];
    }
}
