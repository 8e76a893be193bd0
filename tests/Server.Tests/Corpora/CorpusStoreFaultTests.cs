using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Server.Tests.Faults;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;
using Corpus = TopicGrpc.Server.Corpora.Corpus;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Makes each call of the storage fail while corpora are created, deleted and recovered; the database is a real one.</summary>
public sealed class CorpusStoreFaultTests : IDisposable
{
    private const int MaxCalls = 200;

    private readonly TempFolder _root = new();
    private readonly MemoryStorage _storage = new();
    private DataFolder? _data;
    private MetadataDatabase? _database;
    private DiskThreads? _threads;
    private CorpusStore _store = null!;

    public static TheoryData<FaultKind, CrashKind> Faults { get; } = new(
        from fault in Enum.GetValues<FaultKind>()
        from crash in Enum.GetValues<CrashKind>()
        select (fault, crash));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Create_AnyCallFails_TheCorpusIsThereAndEmptyOrCanBeCreated(FaultKind fault, CrashKind crash)
    {
        Start();
        int faults = 0;
        for (int call = 1; call < MaxCalls; call++)
        {
            string id = FormattableString.Invariant($"c{call}");
            _storage.FailAt(call, fault);
            bool isCreated = await TryAsync(() => _store.CreateAsync(new CorpusRow(id, "", default, ""), Token));
            bool isFaulted = _storage.IsFaulted;
            Restart(crash, call);
            Assert.Equal(isCreated, Exists(id));
            if (!isCreated)
            {
                await _store.CreateAsync(new CorpusRow(id, "", default, ""), Token);
            }

            await RequireUsableAsync(id);
            if (!isFaulted)
            {
                break;
            }

            faults++;
        }

        Assert.InRange(faults, 10, MaxCalls - 2);
        FaultTally.Add(faults);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Delete_AnyCallFails_TheCorpusIsCompleteOrGoneForGood(FaultKind fault, CrashKind crash)
    {
        Start();
        int faults = 0;
        for (int call = 1; call < MaxCalls; call++)
        {
            string id = FormattableString.Invariant($"c{call}");
            await _store.CreateAsync(new CorpusRow(id, "", default, ""), Token);
            await AddAsync(id, "kept");
            _storage.FailAt(call, fault);
            bool isDeleted = await TryAsync(() => _store.DeleteAsync(id, Token));
            bool isFaulted = _storage.IsFaulted;
            bool existed = Exists(id);
            Restart(crash, call);
            Assert.Equal(existed, Exists(id));
            Assert.False(isDeleted && existed);
            if (existed)
            {
                Assert.Equal("kept", Assert.Single(await _store.Get(id).Corpus.ReadAllAsync(Token)).Id);
            }
            else
            {
                // Its folder is gone, and a new corpus of the same name is empty.
                Assert.False(_storage.FolderExists(new CorpusFolder(_data!, id).Path));
                await _store.CreateAsync(new CorpusRow(id, "", default, ""), Token);
                await RequireUsableAsync(id);
            }

            if (!isFaulted)
            {
                break;
            }

            faults++;
        }

        Assert.InRange(faults, 8, MaxCalls - 2);
        FaultTally.Add(faults);
    }

    [Fact]
    public async Task Create_FolderWithoutARow_IsMovedToQuarantineAndNotAdopted()
    {
        Start();
        await _store.CreateAsync(new CorpusRow("news", "", default, ""), Token);
        await AddAsync("news", "old");
        new CorpusTable(_database!).Remove("news");
        Restart(CrashKind.Keep, 0);

        await _store.CreateAsync(new CorpusRow("news", "", default, ""), Token);

        await RequireUsableAsync("news");
        Assert.Single(_storage.ListFolders(_data!.Quarantine));
    }

    [Theory]
    [InlineData("documents.log")]
    [InlineData("*")]
    public async Task Get_DocumentsThatAreMissing_AreDamageAndNotAnEmptyCorpus(string lost)
    {
        Start();
        await _store.CreateAsync(new CorpusRow("news", "", default, ""), Token);
        CorpusFolder folder = new(_data!, "news");
        if (lost == "*")
        {
            _storage.DeleteFolder(folder.Path);
        }
        else
        {
            _storage.DeleteFile(folder.Documents);
        }

        Restart(CrashKind.Keep, 0);

        ServiceException damage = await Assert.ThrowsAsync<ServiceException>(() => _store.Get("news").Corpus.OpenAsync(Token));
        Assert.Equal(Grpc.Core.StatusCode.DataLoss, damage.Code);
        Assert.True((await _store.Get("news").Corpus.DescribeAsync(Token)).IsDamaged);
    }

    public void Dispose()
    {
        Stop();
        _root.Dispose();
    }

    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (ServiceException failure) when (failure.Code == Grpc.Core.StatusCode.Unavailable)
        {
            return false;
        }
    }

    private bool Exists(string id) => new CorpusTable(_database!).Find(id) is not null;

    private async Task RequireUsableAsync(string id)
    {
        Assert.Empty(await _store.Get(id).Corpus.ReadAllAsync(Token));
        await AddAsync(id, "new");
        Assert.Equal("new", Assert.Single(await _store.Get(id).Corpus.ReadAllAsync(Token)).Id);
    }

    private async Task AddAsync(string id, string document)
    {
        Corpus corpus = _store.Get(id).Corpus;
        (SessionState _, long owner) = await corpus.OpenSessionAsync("s", Token);
        IncomingChunk chunk = IncomingChunks.Of(0, [new Document(document, "text")]);
        Assert.Equal(1, (await corpus.AppendAsync("s", owner, [chunk], Token)).Accepted);
    }

    private void Start()
    {
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _root.Path }), _storage);
        _database = new SqliteDatabase(_data);
        _threads = new DiskThreads(writers: 1, readers: 1);
        _store = new CorpusStore(
            _data,
            new CorpusTable(_database),
            _threads,
            new ErasureTable(_database),
            Options.Create(new IngestOptions()),
            TimeProvider.System,
            NullLogger<CorpusStore>.Instance);
        _store.Recover();
    }

    private void Stop()
    {
        _threads?.Dispose();
        _database?.Dispose();
        _data?.Dispose();
    }

    private void Restart(CrashKind crash, int seed)
    {
        Stop();
        _storage.Restart(crash, seed);
        Start();
    }
}
