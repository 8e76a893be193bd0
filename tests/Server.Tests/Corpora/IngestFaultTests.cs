using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Tests.Faults;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Makes the first, second, … n-th call of the storage fail while documents are stored, and checks what was promised.</summary>
public sealed class IngestFaultTests
{
    private const int MaxCalls = 400;

    public static TheoryData<FaultKind, CrashKind> Faults { get; } = new(
        from fault in Enum.GetValues<FaultKind>()
        from crash in Enum.GetValues<CrashKind>()
        select (fault, crash));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Ingest_AnyCallFails_AcknowledgedDocumentsAreThereExactlyOnce(FaultKind fault, CrashKind crash)
    {
        int faults = await LoopAsync(fault, crash, static corpus => corpus.Create());

        Assert.InRange(faults, 30, MaxCalls - 1);
        FaultTally.Add(faults);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Ingest_AnyCallFailsWithEmbeddings_AcknowledgedDocumentsHaveTheirs(FaultKind fault, CrashKind crash)
    {
        int faults = await LoopAsync(fault, crash, static corpus => corpus.Create(), dimension: 3);

        Assert.InRange(faults, 30, MaxCalls - 1);
        FaultTally.Add(faults);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Open_AnyCallFailsDuringRepair_AcknowledgedDocumentsAreThereExactlyOnce(FaultKind fault, CrashKind crash)
    {
        int faults = await LoopAsync(fault, crash, static corpus =>
        {
            corpus.Create();
            LeaveTornRecord(corpus);
        });

        Assert.InRange(faults, 30, MaxCalls - 1);
        FaultTally.Add(faults);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Open_AnyCallFailsDuringConversion_KeepsTheDocumentsOfFormat1(FaultKind fault, CrashKind crash)
    {
        int faults = await LoopAsync(fault, crash, static corpus => WriteFormat1(corpus, "s1", torn: 0));

        Assert.InRange(faults, 30, MaxCalls - 1);
        FaultTally.Add(faults);
    }

    [Fact]
    public async Task FailedFlush_PagesThatReadsShowButTheDiskLacks_AreWrittenAgain()
    {
        using CorpusUnderFaults corpus = new();
        corpus.Start();
        corpus.Create();
        await corpus.Corpus.OpenAsync(Token);
        (SessionState _, long owner) = await corpus.Corpus.OpenSessionAsync("s1", Token);
        IncomingChunk chunk = IncomingChunks.Of(0, CorpusUnderFaults.Documents("s1")[..2]);

        // Open, length, header, payload; the fifth call is the flush.
        corpus.Storage.FailAt(4, FaultKind.Error);
        await Assert.ThrowsAsync<ServiceException>(() => corpus.Corpus.AppendAsync("s1", owner, [chunk], Token));
        Assert.True(corpus.Storage.IsFaulted);
        await corpus.IngestAsync("s1");
        corpus.Crash(CrashKind.Lose, seed: 1);

        Assert.Equal(6, (await corpus.Corpus.ReadAllAsync(Token)).Count);
    }

    [Theory]
    [InlineData(CrashKind.Keep)]
    [InlineData(CrashKind.Lose)]
    [InlineData(CrashKind.Tear)]
    public async Task Open_CrashAfterTheAcknowledgmentAndADamagedLastRecord_CutsNothingAndReportsIt(CrashKind crash)
    {
        using CorpusUnderFaults corpus = new();
        corpus.Start();
        corpus.Create();
        await corpus.IngestAsync("s1");
        corpus.Crash(crash, seed: 1);
        string path = new CorpusFolder(corpus.Data, CorpusUnderFaults.Id).Documents;
        byte[] acknowledged = corpus.Storage.ReadBytes(path, 1 << 20);
        for (int at = acknowledged.Length - 3000; at < acknowledged.Length; at += 11)
        {
            byte[] damaged = [.. acknowledged];
            damaged[at] ^= 4;
            Replace(corpus, path, damaged);

            ServiceException damage = await Assert.ThrowsAsync<ServiceException>(() => corpus.Corpus.OpenSessionAsync("s1", Token));

            Assert.Equal(Grpc.Core.StatusCode.DataLoss, damage.Code);
            Assert.Equal(damaged, corpus.Storage.ReadBytes(path, 1 << 20));
        }

        Replace(corpus, path, acknowledged);
        await corpus.CheckAsync(isUnavailableAllowed: false);
    }

    [Fact]
    public async Task ReadAll_AfterAFailedAppend_IsNeverEmpty()
    {
        using CorpusUnderFaults corpus = new();
        corpus.Start();
        corpus.Create();
        await corpus.IngestAsync("s1");
        (SessionState _, long owner) = await corpus.Corpus.OpenSessionAsync("s2", Token);
        corpus.Storage.FailAt(2, FaultKind.Error);
        IncomingChunk chunk = IncomingChunks.Of(0, CorpusUnderFaults.Documents("s2")[..2]);
        await Assert.ThrowsAsync<ServiceException>(() => corpus.Corpus.AppendAsync("s2", owner, [chunk], Token));

        Assert.Equal(6, (await corpus.Corpus.ReadAllAsync(Token)).Count);
        Assert.Equal(6, (await corpus.Corpus.DescribeAsync(Token)).Documents);
    }

    [Fact]
    public async Task Open_TornRecord_KeepsACopyInQuarantine()
    {
        using CorpusUnderFaults corpus = new();
        corpus.Start();
        corpus.Create();
        await corpus.IngestAsync("s1");
        byte[] torn = LeaveTornRecord(corpus);

        await corpus.Corpus.OpenSessionAsync("s1", Token);

        string copy = Assert.Single(corpus.Storage.ListFiles(corpus.Data.Quarantine));
        Assert.Equal(torn, corpus.Storage.ReadBytes(copy, 1 << 20));
        await corpus.CheckAsync(isUnavailableAllowed: false);
    }

    [Fact]
    public async Task Open_TornFormat1_KeepsTheDocumentsAndACopyOfTheEnd()
    {
        using CorpusUnderFaults corpus = new();
        corpus.Start();
        WriteFormat1(corpus, "s1", torn: 9);

        await corpus.CheckAsync(isUnavailableAllowed: false);

        Assert.Equal(6, corpus.Acknowledged.Count);
        Assert.Equal(9, corpus.Storage.ReadBytes(Assert.Single(corpus.Storage.ListFiles(corpus.Data.Quarantine)), 100).Length);
        await corpus.IngestAsync("s2");
        corpus.Crash(CrashKind.Lose, seed: 1);
        await corpus.CheckAsync(isUnavailableAllowed: false);
    }

    private static async Task<int> LoopAsync(
        FaultKind fault, CrashKind crash, Action<CorpusUnderFaults> prepare, int dimension = 0)
    {
        for (int call = 1; call < MaxCalls; call++)
        {
            using CorpusUnderFaults corpus = new() { Dimension = dimension };
            corpus.Start();
            prepare(corpus);
            corpus.Storage.FailAt(call, fault);
            await IngestAllAsync(corpus, crash, call);
            bool isFaulted = corpus.Storage.IsFaulted;
            Assert.Equal(12, corpus.Acknowledged.Count);
            corpus.Crash(crash, call);
            await corpus.CheckAsync(isUnavailableAllowed: false);
            Assert.Equal(12, (await corpus.Corpus.ReadAllAsync(Token)).Count);
            if (!isFaulted)
            {
                return call - 1;
            }
        }

        return MaxCalls;
    }

    /// <summary>
    /// Stores two sessions, as clients do it: after an error they open the session again; after a crash the server restarts.
    /// </summary>
    private static async Task IngestAllAsync(CorpusUnderFaults corpus, CrashKind crash, int seed)
    {
        foreach (string session in (string[])["s1", "s2"])
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    await corpus.IngestAsync(session);
                    break;
                }
                catch (ServiceException failure) when (failure.Code == Grpc.Core.StatusCode.Unavailable && attempt <= 3)
                {
                    await corpus.CheckAsync(isUnavailableAllowed: true);
                    if (attempt == 2)
                    {
                        corpus.Crash(crash, seed);
                        await corpus.CheckAsync(isUnavailableAllowed: false);
                    }
                }
            }
        }
    }

    private static void Replace(CorpusUnderFaults corpus, string path, byte[] content)
    {
        corpus.Stop();
        using (IStoredFile file = corpus.Storage.Open(path, FileMode.Create, FileAccess.Write))
        {
            file.Write(content, 0);
            file.Flush();
        }

        corpus.Start();
    }

    private static byte[] LeaveTornRecord(CorpusUnderFaults corpus)
    {
        byte[] torn = [0x54, 0x47, 0x43, 0x32, 0, 4, 0, 0, 1, 2, 3, 4, .. new byte[900]];
        corpus.Stop();
        corpus.Storage.Restart(CrashKind.Keep, seed: 0);
        corpus.Start();
        using IStoredFile file = corpus.Storage.Open(
            new CorpusFolder(corpus.Data, CorpusUnderFaults.Id).Documents, FileMode.Open, FileAccess.ReadWrite);
        file.Write(torn, file.Length);
        return torn;
    }

    private static void WriteFormat1(CorpusUnderFaults corpus, string session, int torn)
    {
        Document[] documents = CorpusUnderFaults.Documents(session);
        CorpusFolder folder = new(corpus.Data, CorpusUnderFaults.Id);
        corpus.Storage.CreateFolder(folder.Path);
        using IStoredFile file = corpus.Storage.Open(folder.Documents, FileMode.CreateNew, FileAccess.ReadWrite);
        for (int offset = 0; offset < documents.Length; offset += 3)
        {
            SessionState state = new(session, offset + 3, 0, 0);
            file.Write(Format1.Record(ChunkCodec.Encode(new StoredChunk(state, documents[offset..(offset + 3)]))), file.Length);
        }

        if (torn > 0)
        {
            file.Write(Format1.Record(new byte[50]).AsSpan(0, torn), file.Length);
        }

        file.Flush();
        corpus.Storage.FlushFolder(folder.Path);
        corpus.Acknowledged.UnionWith(documents.Select(static document => document.Id));
    }
}
