using Grpc.Core;
using TopicGrpc.Server.Tests.Access;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Corpora;

public sealed class CorpusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_AcknowledgedDocuments_AreThereAndTheSessionGoesOn()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        await using (IngestCall call = await IngestCall.OpenAsync(server, "news", "s1"))
        {
            await call.SendAsync(0, ("a", "one"), ("b", "two"));
            await call.ReadAckAsync();
        }

        await server.StopAsync();
        string file = Path.Combine(server.DataDirectory, "corpora", "news", "documents.log");
        await File.AppendAllBytesAsync(file, [0x54, 0x47, 0x43, 0x31, 9, 0, 0], Token);
        await server.StartAgainAsync();

        GetCorpusResponse corpus = await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);
        Assert.Equal(2, corpus.Corpus.DocumentCount);
        await using IngestCall resumed = await IngestCall.OpenAsync(server, "news", "s1");
        Assert.Equal(2, resumed.Opened.Session.NextOffset);
        await resumed.SendAsync(2, ("b", "two"), ("c", "three"));
        Assert.Equal(3, (await resumed.CloseAsync(4)).Corpus.DocumentCount);
    }

    [Fact]
    public async Task Restart_DamagedDocuments_AreReportedAndOthersServe()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("good", 3);
        await server.FillCorpusAsync("bad", 3);
        await using (IngestCall call = await IngestCall.OpenAsync(server, "bad", "more"))
        {
            await call.SendAsync(0, ("x", "another record"));
            await call.ReadAckAsync();
        }

        await server.StopAsync();
        string file = Path.Combine(server.DataDirectory, "corpora", "bad", "documents.log");
        byte[] bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);
        await server.StartAgainAsync();

        await Refusal.ExpectAsync(
            StatusCode.DataLoss,
            "CHECKSUM_MISMATCH",
            async () => await server.Corpora.GetCorpusAsync(new GetCorpusRequest { Name = "corpora/bad" }, cancellationToken: Token));
        Assert.Equal(
            3,
            (await server.Corpora.GetCorpusAsync(
                new GetCorpusRequest { Name = "corpora/good" }, cancellationToken: Token)).Corpus.DocumentCount);
    }

    [Fact]
    public async Task Restart_FlippedBitInTheLastRecord_IsReportedAndNothingIsCut()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 50);
        await server.StopAsync();
        string file = Path.Combine(server.DataDirectory, "corpora", "news", "documents.log");
        byte[] bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);
        await server.StartAgainAsync();

        await Refusal.ExpectAsync(
            StatusCode.DataLoss,
            "CHECKSUM_MISMATCH",
            async () => await server.Corpora.GetCorpusAsync(new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task ListCorpora_OneDamaged_ListsAllAndNamesTheDamage(int length)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("bad", 50);
        await server.FillCorpusAsync("good", 50);
        await server.StopAsync();
        string file = Path.Combine(server.DataDirectory, "corpora", "bad", "documents.log");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Token))[..length], Token);
        await server.StartAgainAsync();

        ListCorporaResponse list = await server.Corpora.ListCorporaAsync(new ListCorporaRequest(), cancellationToken: Token);

        Assert.Equal([Corpus.Types.State.Damaged, Corpus.Types.State.Ready], list.Corpora.Select(static corpus => corpus.State));
        Assert.Equal(50, list.Corpora[1].DocumentCount);
        Assert.NotEmpty(list.Corpora[0].Damage);
        Assert.Empty(list.Corpora[1].Damage);
    }

    [Fact]
    public async Task Restart_FolderThatNoCorpusRefersTo_IsReportedLeftInPlaceAndNotUsed()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("known", 2);
        await server.FillCorpusAsync("lost", 2);
        await server.StopAsync();
        string corpora = Path.Combine(server.DataDirectory, "corpora");
        Directory.Move(Path.Combine(corpora, "lost"), Path.Combine(corpora, "stray"));
        string[] files = Directory.GetFiles(Path.Combine(corpora, "stray"));
        await server.StartAgainAsync();

        GetServerInfoResponse info = await server.Server.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Token);
        ListCorporaResponse list = await server.Corpora.ListCorporaAsync(new ListCorporaRequest(), cancellationToken: Token);

        Assert.Equal(2, info.StorageWarnings.Count);
        Assert.Contains("corpora/stray", info.StorageWarnings[0], StringComparison.Ordinal);
        Assert.Contains("corpora/lost", info.StorageWarnings[1], StringComparison.Ordinal);
        Assert.Equal(
            [("corpora/known", Corpus.Types.State.Ready), ("corpora/lost", Corpus.Types.State.Damaged)],
            list.Corpora.Select(static corpus => (corpus.Name, corpus.State)));
        Assert.Equal(files, Directory.GetFiles(Path.Combine(corpora, "stray")));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            "CORPUS_NOT_FOUND",
            async () => await server.Corpora.GetCorpusAsync(new GetCorpusRequest { Name = "corpora/stray" }, cancellationToken: Token));

        // A caller learns nothing of what its patterns hide.
        ServerService.ServerServiceClient restricted = new(server.With(server.CreateKey(Role.Reader, corpora: "lo*").Secret));
        GetServerInfoResponse seen = await restricted.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Token);

        Assert.Contains("corpora/lost", Assert.Single(seen.StorageWarnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListCorpora_ManyCorporaWithDocuments_KeepsNoFileOpen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux lists the descriptors of a process in /proc.");
        await using TestServer server = await TestServer.StartAsync();
        for (int index = 0; index < 20; index++)
        {
            await server.FillCorpusAsync(FormattableString.Invariant($"c{index}"), 2);
        }

        Assert.Equal(20, (await server.Corpora.ListCorporaAsync(new ListCorporaRequest(), cancellationToken: Token)).Corpora.Count);

        IEnumerable<string?> open = Directory.GetFiles("/proc/self/fd").Select(static path => new FileInfo(path).LinkTarget);
        Assert.DoesNotContain(
            open, target => target?.StartsWith(Path.Combine(server.DataDirectory, "corpora"), StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task CreateCorpus_Again_IsRefusedUnlessTheRequestIsTheSame()
    {
        await using TestServer server = await TestServer.StartAsync();
        CreateCorpusRequest request = new() { CorpusId = "news", RequestId = "r1" };
        await server.Corpora.CreateCorpusAsync(request, cancellationToken: Token);

        CreateCorpusResponse repeated = await server.Corpora.CreateCorpusAsync(request, cancellationToken: Token);

        Assert.Equal("corpora/news", repeated.Corpus.Name);
        await Refusal.ExpectAsync(StatusCode.AlreadyExists, "CORPUS_EXISTS", () => server.CreateCorpusAsync("news"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("Upper")]
    [InlineData("a\0")]
    public async Task CreateCorpus_NameThatIsNone_NamesTheField(string id)
    {
        await using TestServer server = await TestServer.StartAsync();

        RpcException exception = await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => server.CreateCorpusAsync(id));

        Assert.Equal(["corpus_id"], Refusal.Fields(exception));
    }

    [Fact]
    public async Task ListCorpora_PageByPage_GivesEachOnce()
    {
        await using TestServer server = await TestServer.StartAsync();
        foreach (string id in (string[])["c", "a", "b"])
        {
            await server.CreateCorpusAsync(id);
        }

        ListCorporaResponse first = await server.Corpora.ListCorporaAsync(
            new ListCorporaRequest { PageSize = 2 }, cancellationToken: Token);
        ListCorporaResponse second = await server.Corpora.ListCorporaAsync(
            new ListCorporaRequest { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Token);

        Assert.Equal(["corpora/a", "corpora/b", "corpora/c"], first.Corpora.Concat(second.Corpora).Select(static corpus => corpus.Name));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task DeleteCorpus_Existing_RemovesItAndItsDocuments()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 2);

        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token);

        Assert.False(Directory.Exists(Path.Combine(server.DataDirectory, "corpora", "news")));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            "CORPUS_NOT_FOUND",
            async () =>
                await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/news" }, cancellationToken: Token));
        await server.Corpora.DeleteCorpusAsync(
            new DeleteCorpusRequest { Name = "corpora/news", AllowMissing = true }, cancellationToken: Token);
    }
}
