using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.Tests.Embedding;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Checkpoints;

/// <summary>Results of stages that one member stores and another one reads, with PostgreSQL and a shared folder.</summary>
public sealed class FitCheckpointTests(PostgresServer postgres) : IDisposable
{
    private static readonly TimeSpan StageTime = TimeSpan.FromSeconds(1);
    private static readonly byte[] Content = Samples.Bytes(3 << 20);

    private readonly TempFolder _folder = new();
    private readonly List<CheckpointMember> _members = [];
    private readonly string _database = postgres.CreateDatabase();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _members.ForEach(static member => member.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task TryRead_MemberThatTakesTheFitOver_GetsTheBytes()
    {
        (CheckpointMember first, FitJob job) = await BeginAsync();
        Store(await first.FindAsync(job), FitStage.Layout, Content);
        CheckpointMember second = await StartAsync("second");
        first.DeclareDead();
        FitJob taken = second.Fits.TryBegin()!;

        IStageCheckpoints found = await second.FindAsync(taken);

        Assert.Equal(Content, Read(found, FitStage.Layout));
        Assert.Null(Read(found, FitStage.Clusters));
        Assert.Empty(Directory.GetFileSystemEntries(first.StagingFolder));
        Assert.Empty(Directory.GetFileSystemEntries(second.StagingFolder));

        // The attempt of the lost member does not count: it has stored a stage.
        Assert.Equal(1, taken.Attempts);
    }

    [Theory]
    [InlineData("other text", 42)]
    [InlineData("text", 43)]
    public async Task TryRead_OtherInputs_IsNotReadAndReplaced(string text, int seed)
    {
        (CheckpointMember member, FitJob job) = await BeginAsync();
        IStageCheckpoints before = await member.FindAsync(job);
        Store(before, FitStage.Neighbors, Content);
        Store(before, FitStage.Layout, Content);

        IStageCheckpoints after = await member.FindAsync(job, text, seed);
        Assert.Null(Read(after, FitStage.Neighbors));
        Store(after, FitStage.Neighbors, Content[1..]);

        IStageCheckpoints last = await member.FindAsync(job, text, seed);
        Assert.Equal(Content[1..], Read(last, FitStage.Neighbors));
        Assert.Null(Read(await member.FindAsync(job), FitStage.Layout));
        await SweepAsync(member);
        Assert.Equal(2, (await member.Contents.KeysAsync(ArtifactKeys.Prefix)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryRead_ObjectIsDamagedOrMissing_ComputesTheStage(bool isMissing)
    {
        (CheckpointMember member, FitJob job) = await BeginAsync();
        Store(await member.FindAsync(job), FitStage.Layout, Content);
        string path = Directory.GetFiles(_folder.At("objects"), "*", SearchOption.AllDirectories)
            .MaxBy(static file => new FileInfo(file).Length)!;
        if (isMissing)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllBytesAsync(path, [.. Content[..^1], (byte)~Content[^1]], Token);
        }

        Assert.Null(Read(await member.FindAsync(job), FitStage.Layout));
        Assert.Empty(Directory.GetFileSystemEntries(member.StagingFolder));
    }

    [Fact]
    public async Task TryRead_ReaderRejectsTheBytes_ComputesTheStage()
    {
        (CheckpointMember member, FitJob job) = await BeginAsync();
        Store(await member.FindAsync(job), FitStage.Layout, Content);

        bool isRead = (await member.FindAsync(job)).TryRead(FitStage.Layout, static _ => throw new InvalidDataException("no"), Token);

        Assert.False(isRead);
    }

    [Fact]
    public async Task Store_MemberThatLostTheFit_StoresNothing()
    {
        (CheckpointMember first, FitJob job) = await BeginAsync();
        IStageCheckpoints late = await first.FindAsync(job);
        first.Fits.Requeue(job, countsAttempt: true);
        CheckpointMember second = await StartAsync("second");
        FitJob taken = second.Fits.TryBegin()!;

        Assert.Throws<ClaimLostException>(() => Store(late, FitStage.Layout, Content));

        Assert.Null(Read(await second.FindAsync(taken), FitStage.Layout));
        await SweepAsync(second);
        Assert.Empty(await second.Contents.KeysAsync(ArtifactKeys.Prefix));
    }

    [Fact]
    public async Task Store_ObjectStoreIsAway_IsNoException()
    {
        CheckpointMember member = await StartAsync("first", new AbsentBackend());
        FitJob job = member.Begin();

        Store(await member.FindAsync(job), FitStage.Layout, Content);

        Assert.Null(Read(await member.FindAsync(job), FitStage.Layout));
    }

    [Fact]
    public async Task Store_StageThatIsShort_IsNotStored()
    {
        CheckpointMember member = await StartAsync("first", after: 2 * StageTime);
        FitJob job = member.Begin();

        Store(await member.FindAsync(job), FitStage.Layout, Content);

        Assert.Empty(await member.Contents.KeysAsync(ArtifactKeys.Prefix));
    }

    [Fact]
    public async Task Store_TransferIsCanceled_EndsTheFit()
    {
        (CheckpointMember member, FitJob job) = await BeginAsync();
        IStageCheckpoints checkpoints = await member.FindAsync(job);
        using CancellationTokenSource stop = new();

        Assert.ThrowsAny<OperationCanceledException>(() => checkpoints.Store(
            FitStage.Layout,
            StageTime,
            stream =>
            {
                stream.Write(Content);
                stop.Cancel();
            },
            stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(member.StagingFolder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_OfTheFit_DeletesItsObjects(bool isCanceled)
    {
        (CheckpointMember member, FitJob job) = await BeginAsync();
        Store(await member.FindAsync(job), FitStage.Layout, Content);
        if (isCanceled)
        {
            // No member runs it, so the call ends the job.
            member.Fits.Requeue(job, countsAttempt: false);
            member.Fits.Cancel(job.Id);
        }
        else
        {
            member.Fits.End(job, static state => state with { Status = FitStatus.Succeeded });
        }

        await SweepAsync(member);

        Assert.Empty(await member.Contents.KeysAsync(ArtifactKeys.Prefix));
    }

    [Fact]
    public async Task RestartReaders_AfterAnErasure_DeletesTheResults()
    {
        (CheckpointMember member, FitJob job) = await BeginAsync();
        Store(await member.FindAsync(job), FitStage.Layout, Content);
        member.Fits.Requeue(job, countsAttempt: false);

        await member.Fits.RestartReaders("news");

        Assert.Null(Read(await member.FindAsync(member.Fits.TryBegin()!), FitStage.Layout));
        await SweepAsync(member);
        Assert.Empty(await member.Contents.KeysAsync(ArtifactKeys.Prefix));
    }

    [Fact]
    public async Task Fix_LaterRun_GetsTheDocumentsOfTheFirst()
    {
        (CheckpointMember first, FitJob job) = await BeginAsync();
        Assert.Equal(["a", "b"], await FixAsync(first, job, "a", "b"));
        CheckpointMember second = await StartAsync("second");
        first.DeclareDead();
        FitJob taken = second.Fits.TryBegin()!;

        Assert.Equal(["a", "b"], await FixAsync(second, taken, "a", "b", "c"));

        // An erasure among them: the run uses what the corpus has now, and so do later ones.
        Assert.Equal(["b", "c"], await FixAsync(second, taken, "b", "c"));
        Assert.Equal(["b", "c"], await FixAsync(second, taken, "b", "c", "d"));
    }

    [Fact]
    public async Task Fix_MemberThatLostTheFit_EndsTheRun()
    {
        (CheckpointMember first, FitJob job) = await BeginAsync();
        first.Fits.Requeue(job, countsAttempt: true);

        await Assert.ThrowsAsync<ClaimLostException>(() => FixAsync(first, job, "a"));
    }

    private static void Store(IStageCheckpoints checkpoints, FitStage stage, byte[] content) =>
        checkpoints.Store(stage, StageTime, stream => stream.Write(content), Token);

    private static byte[]? Read(IStageCheckpoints checkpoints, FitStage stage)
    {
        using MemoryStream copy = new();
        return checkpoints.TryRead(stage, stream => stream.CopyTo(copy), Token) ? copy.ToArray() : null;
    }

    private static async Task<string[]> FixAsync(CheckpointMember member, FitJob job, params string[] ids) =>
    [
        .. (await member.Checkpoints.FixAsync(job, [.. ids.Select(static id => new Document(id, "text"))], Token))
            .Select(static document => document.Id),
    ];

    private static async Task SweepAsync(CheckpointMember member) =>
        await new ArtifactSweep(member.Contents, member.Ledger, TimeSpan.FromHours(1)).RunAsync(Token);

    private async Task<CheckpointMember> StartAsync(string id, IObjectBackend? backend = null, TimeSpan after = default)
    {
        backend ??= new FolderBackend(Directory.CreateDirectory(_folder.At("objects")).FullName, DiskStorage.Instance);
        CheckpointMember member = await CheckpointMember.StartAsync(_database, id, backend, after);
        _members.Add(member);
        return member;
    }

    private async Task<(CheckpointMember Member, FitJob Job)> BeginAsync()
    {
        CheckpointMember member = await StartAsync("first");
        return (member, member.Begin());
    }
}
