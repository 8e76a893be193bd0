using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Tests.Faults;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Server.Tests.Models;

/// <summary>Makes the first, second, … n-th call of the storage fail while a version is stored, read or deleted.</summary>
public sealed class VersionFaultTests : IDisposable
{
    private const int MaxCalls = 2000;

    private readonly TempFolder _root = new();
    private MemoryStorage _storage = new();
    private DataFolder? _data;

    public static TheoryData<FaultKind, CrashKind> Faults { get; } = new(
        from fault in Enum.GetValues<FaultKind>()
        from crash in Enum.GetValues<CrashKind>()
        select (fault, crash));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public void Save_AnyCallFails_TheVersionIsCompleteOrAbsent(FaultKind fault, CrashKind crash)
    {
        bool isFaulted = true;
        int call = 0;
        while (isFaulted && call < MaxCalls)
        {
            ModelStore store = Start(new MemoryStorage());
            store.Save("m", 1, TestRegistry.Model, Token);
            _storage.FailAt(++call, fault);
            bool isSaved = Try(() => store.Save("m", 2, TestRegistry.Model, Token));
            isFaulted = _storage.IsFaulted;
            Assert.Equal(isSaved, !isFaulted);

            store = Restart(crash, call);
            RequireComplete(store, 1);
            if (isSaved || _storage.FolderExists(PathOf(2)))
            {
                RequireComplete(store, 2);
            }

            Assert.Empty(_storage.ListFolders(_data!.Staging));
        }

        Assert.InRange(call, 100, MaxCalls - 1);
        FaultTally.Add(call - 1);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Delete_AnyCallFails_TheVersionIsCompleteOrAbsentAndOthersStay(FaultKind fault, CrashKind crash)
    {
        bool isFaulted = true;
        int call = 0;
        while (isFaulted && call < MaxCalls)
        {
            ModelStore store = Start(new MemoryStorage());
            store.Save("m", 1, TestRegistry.Model, Token);
            store.Save("m", 2, TestRegistry.Model, Token);
            _storage.FailAt(++call, fault);
            bool isDeleted = Try(() => store.Delete("m", 2));
            isFaulted = _storage.IsFaulted;

            store = Restart(crash, call);
            RequireComplete(store, 1);
            if (isDeleted)
            {
                Assert.False(_storage.FolderExists(PathOf(2)));
            }
            else if (_storage.FolderExists(PathOf(2)))
            {
                RequireComplete(store, 2);
            }

            Assert.Empty(_storage.ListFolders(_data!.Staging));
        }

        Assert.InRange(call, 10, MaxCalls - 1);
        FaultTally.Add(call - 1);
    }

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Crash)]
    public void Load_AnyCallFails_ReportsItAndTheNextLoadSucceeds(FaultKind fault)
    {
        ModelStore store = Start(new MemoryStorage());
        store.Save("m", 1, TestRegistry.Model, Token);
        bool isFaulted = true;
        int call = 0;
        while (isFaulted && call < MaxCalls)
        {
            _storage.FailAt(++call, fault);
            bool isLoaded = Try(() => store.Load("m", 1, Token).Dispose());
            isFaulted = _storage.IsFaulted;
            Assert.Equal(isLoaded, !isFaulted);
            store = Restart(CrashKind.Lose, call);
            RequireComplete(store, 1);
        }

        Assert.InRange(call, 50, MaxCalls - 1);
        FaultTally.Add(call - 1);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Start_AnyCallFails_TheNextStartHasEverything(FaultKind fault, CrashKind crash)
    {
        bool isFaulted = true;
        int call = 0;
        while (isFaulted && call < MaxCalls)
        {
            ModelStore store = Start(new MemoryStorage());
            store.Save("m", 1, TestRegistry.Model, Token);
            _storage.CreateFolder(Path.Combine(_data!.NewStagingPath(), "left over"));
            _data.Dispose();
            _storage.FailAt(++call, fault);
            Try(() => Start(_storage));
            isFaulted = _storage.IsFaulted;
            RequireComplete(Restart(crash, call), 1);
            Assert.Empty(_storage.ListFolders(_data!.Staging));
        }

        Assert.InRange(call, 5, MaxCalls - 1);
        FaultTally.Add(call - 1);
    }

    [Fact]
    public void Predict_FilesTruncatedWhileTheVersionServes_AnswersStill()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "m");
        ModelArchive.Save(TestRegistry.Model, path, Token);
        using NativeModel loaded = ModelArchive.OpenNative(path, Engine.Storage.DiskStorage.Instance, Token);

        foreach (string file in Directory.GetFiles(path))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Write);
            stream.SetLength(0);
        }

        loaded.Archive.SelfTest.Check(loaded.Archive.Model, Token);
    }

    public void Dispose()
    {
        _data?.Dispose();
        _root.Dispose();
    }

    private static bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or StartupException)
        {
            return false;
        }
    }

    private static void RequireComplete(ModelStore store, long number)
    {
        using NativeModel loaded = store.Load("m", number, Token);
        Assert.Equal(TestRegistry.Model.DocumentIds.Count, loaded.Archive.Model.DocumentIds.Count);
    }

    private string PathOf(long number) => Path.Combine(_data!.Models, "m", "versions", FormattableString.Invariant($"{number}"));

    private ModelStore Start(MemoryStorage storage)
    {
        _data?.Dispose();
        _data = null;
        _storage = storage;
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _root.Path }), storage);
        return new ModelStore(_data, NullLogger<ModelStore>.Instance);
    }

    private ModelStore Restart(CrashKind crash, int seed)
    {
        _storage.Restart(crash, seed);
        return Start(_storage);
    }
}
