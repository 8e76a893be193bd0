using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>Publishing, caching and sweeping, on a shared folder in memory.</summary>
public sealed class ArtifactTests : IDisposable
{
    private const string Publication = "11111111111111111111111111111111";
    private const long Roomy = 1 << 30;

    private readonly MemoryStorage _files = new();
    private readonly StoreCalls _calls = Samples.Calls();
    private readonly MemoryLedger _ledger = new(TimeProvider.System);
    private readonly ContentStore _store;
    private readonly ArtifactPublisher _publisher;

    public ArtifactTests()
    {
        _store = new ContentStore(new FolderBackend("/store", _files), _calls);
        _publisher = new ArtifactPublisher(_store, _ledger, _files);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acquire_PublishedFolder_HasTheSameFiles()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10), ("b", 3 << 20), ("empty", 0));
        using ArtifactCache cache = new(_store, _files, "/cache", Roomy);

        using ArtifactLease lease = await cache.AcquireAsync(reference, Token);

        Assert.Equal(["a", "b", "empty"], _files.ListFiles(lease.Folder).Select(Path.GetFileName));
        Assert.Equal(Samples.Bytes(3 << 20), _files.ReadBytes(Path.Combine(lease.Folder, "b"), Roomy));
    }

    [Fact]
    public async Task Upload_ContentOfAnEarlierVersion_IsStoredOnce()
    {
        await PublishAsync(Publication, "owner-1", ("a", 10), ("b", 20));
        await PublishAsync("22222222222222222222222222222222", "owner-2", ("a", 10), ("c", 30));

        // a, b, c, and two manifests.
        Assert.Equal(5, (await _store.ListAsync(ArtifactKeys.Prefix, null, 100, Token)).Objects.Count);
    }

    [Fact]
    public async Task Upload_TwoEqualFiles_AreOneObject()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10), ("b", 10));

        Assert.Equal(2, (await _store.ListAsync(ArtifactKeys.Prefix, null, 100, Token)).Objects.Count);
        using ArtifactCache opened = new(_store, _files, "/cache", Roomy);
        using ArtifactLease lease = await opened.AcquireAsync(reference, Token);
        Assert.Equal(2, _files.ListFiles(lease.Folder).Count);
    }

    [Fact]
    public async Task Upload_FolderWithAFolder_IsRejected()
    {
        _files.CreateFolder("/version/inner");

        await Assert.ThrowsAsync<InvalidDataException>(() => _publisher.UploadAsync(Publication, "/version", Token));
    }

    [Fact]
    public async Task Acquire_StoreIsGoneAndTheCopyIsIntact_NeedsNoStore()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10));
        using ArtifactCache opened = new(_store, _files, "/cache", Roomy);
        (await opened.AcquireAsync(reference, Token)).Dispose();
        _files.DeleteFolder("/store");

        using ArtifactCache restarted = new(_store, _files, "/cache", Roomy);
        using ArtifactLease lease = await restarted.AcquireAsync(reference, Token);

        Assert.Equal(Samples.Bytes(10), _files.ReadBytes(Path.Combine(lease.Folder, "a"), 10));
        Assert.True(restarted.Bytes > 10);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("../manifest.json")]
    public async Task Acquire_CopyIsDamagedAtStart_IsFetchedAgain(string file)
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10));
        using ArtifactCache opened = new(_store, _files, "/cache", Roomy);
        using (ArtifactLease first = await opened.AcquireAsync(reference, Token))
        {
            Damage(Path.GetFullPath(Path.Combine(first.Folder, file)));
        }

        using ArtifactCache restarted = new(_store, _files, "/cache", Roomy);
        using ArtifactLease lease = await restarted.AcquireAsync(reference, Token);

        Assert.Equal(Samples.Bytes(10), _files.ReadBytes(Path.Combine(lease.Folder, "a"), 10));
    }

    [Fact]
    public async Task Acquire_DamageWasReported_IsFetchedAgainAfterTheLastRelease()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10));
        using ArtifactCache cache = new(_store, _files, "/cache", Roomy);
        ArtifactLease first = await cache.AcquireAsync(reference, Token);
        string path = Path.Combine(first.Folder, "a");
        Damage(path);

        first.ReportDamage();
        using (await cache.AcquireAsync(reference, Token))
        {
            Assert.NotEqual(Samples.Bytes(10), _files.ReadBytes(path, 10));
        }

        first.Dispose();
        using ArtifactLease repaired = await cache.AcquireAsync(reference, Token);
        Assert.Equal(Samples.Bytes(10), _files.ReadBytes(path, 10));
    }

    [Fact]
    public async Task Acquire_CacheIsFull_RemovesTheCopyUsedLongestAgo()
    {
        ArtifactReference[] references = await PublishManyAsync(3);
        using ArtifactCache cache = new(_store, _files, "/cache", 250_000);
        (await cache.AcquireAsync(references[0], Token)).Dispose();
        (await cache.AcquireAsync(references[1], Token)).Dispose();
        (await cache.AcquireAsync(references[0], Token)).Dispose();

        (await cache.AcquireAsync(references[2], Token)).Dispose();

        Assert.Equal(
            new[] { references[0], references[2] }.Select(static one => one.Manifest.Sha256).Order(StringComparer.Ordinal),
            _files.ListFolders("/cache").Select(Path.GetFileName));
        Assert.InRange(cache.Bytes, 200_000, 250_000);
    }

    [Fact]
    public async Task Acquire_AllCopiesAreLeased_IsRejectedWithTheSizes()
    {
        ArtifactReference[] references = await PublishManyAsync(3);
        using ArtifactCache cache = new(_store, _files, "/cache", 250_000);
        using ArtifactLease first = await cache.AcquireAsync(references[0], Token);
        ArtifactLease second = await cache.AcquireAsync(references[1], Token);

        IOException failure = await Assert.ThrowsAsync<IOException>(() => cache.AcquireAsync(references[2], Token));
        Assert.Contains("250000", failure.Message, StringComparison.Ordinal);

        second.Dispose();
        using ArtifactLease third = await cache.AcquireAsync(references[2], Token);
        Assert.True(_files.FolderExists(first.Folder));
    }

    [Fact]
    public async Task Acquire_16Callers_ShareOneTransfer()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10));
        CountingBackend backend = new(new FolderBackend("/store", _files));
        using ArtifactCache cache = new(new ContentStore(backend, _calls), _files, "/cache", Roomy);

        ArtifactLease[] leases = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => cache.AcquireAsync(reference, Token)));

        // The manifest and one file.
        Assert.Equal(2, backend.Reads);
        Assert.Single(leases.Select(static lease => lease.Folder).Distinct());
        Array.ForEach(leases, static lease => lease.Dispose());
    }

    [Fact]
    public async Task Acquire_CallerLeavesDuringTheTransfer_StopsItAndTheNextCallerSucceeds()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10));
        CountingBackend backend = new(new FolderBackend("/store", _files)) { IsHeld = true };
        using ArtifactCache cache = new(new ContentStore(backend, _calls), _files, "/cache", Roomy);
        using CancellationTokenSource leaving = new();
        Task<ArtifactLease> left = cache.AcquireAsync(reference, leaving.Token);
        await backend.FirstRead.WaitAsync(Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await backend.Stopped.WaitAsync(Token);
        backend.IsHeld = false;

        using ArtifactLease lease = await cache.AcquireAsync(reference, Token);
        Assert.Single(_files.ListFolders("/cache"));
    }

    [Fact]
    public async Task Acquire_StoreFails_FailsAndTheNextCallSucceeds()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10));
        CountingBackend backend = new(new FolderBackend("/store", _files)) { Failures = 3 };
        using ArtifactCache cache = new(new ContentStore(backend, _calls), _files, "/cache", Roomy);

        await Assert.ThrowsAsync<ObjectStoreException>(() => cache.AcquireAsync(reference, Token));
        using ArtifactLease lease = await cache.AcquireAsync(reference, Token);

        Assert.True(_files.FolderExists(lease.Folder));
    }

    [Fact]
    public async Task Acquire_DiskFailsAtAnyCall_FailsOrSucceedsAndTheNextProcessSucceeds()
    {
        ArtifactReference reference = await PublishAsync(Publication, "owner", ("a", 10), ("b", 20));
        int call = 1;
        for (bool isFaulted = true; isFaulted; call++)
        {
            MemoryStorage disk = new();
            disk.FailAt(call, FaultKind.Crash);
            Exception? failure = await Record.ExceptionAsync(async () =>
            {
                using ArtifactCache cache = new(_store, disk, "/cache", Roomy);
                (await cache.AcquireAsync(reference, Token)).Dispose();
            });
            isFaulted = disk.IsFaulted;
            Assert.Equal(isFaulted, failure is not null);
            disk.Restart(CrashKind.Tear, seed: call);

            using ArtifactCache opened = new(_store, disk, "/cache", Roomy);
            using ArtifactLease lease = await opened.AcquireAsync(reference, Token);
            Assert.Equal(Samples.Bytes(20), disk.ReadBytes(Path.Combine(lease.Folder, "b"), 20));
        }

        Assert.InRange(call, 10, 100);
    }

    [Fact]
    public async Task Sweep_ReleasedVersion_DeletesItsObjectsAndKeepsShared()
    {
        await PublishAsync(Publication, "owner-1", ("a", 10), ("b", 20));
        ArtifactReference kept = await PublishAsync("22222222222222222222222222222222", "owner-2", ("a", 10), ("c", 30));
        await _ledger.ReleaseAsync("owner-1", TimeSpan.Zero, Token);

        SweepResult result = await Sweep().RunAsync(Token);

        Assert.Equal(new SweepResult(0, 2, 0, 0), result);
        using ArtifactCache opened = new(_store, _files, "/cache", Roomy);
        using ArtifactLease lease = await opened.AcquireAsync(kept, Token);
        Assert.Equal(new SweepResult(0, 0, 0, 0), await Sweep().RunAsync(Token));
    }

    [Fact]
    public async Task Sweep_ObjectsAndUploadsOfAnEndedPublication_AreDeleted()
    {
        await PublishAsync(Publication, "owner", ("a", 10));
        await _store.PutAsync(ArtifactKeys.Of(new string('c', 64), Publication), [1]);
        FolderBackend backend = new("/store", _files);
        await backend.BeginAsync(ArtifactKeys.Of(new string('d', 64), Publication), 5, Token);

        Assert.Equal(new SweepResult(0, 0, 1, 1), await Sweep().RunAsync(Token));
    }

    [Fact]
    public async Task Sweep_UploadsOfAnOpenPublication_Stay()
    {
        await _ledger.BeginAsync(Publication, Token);
        Reservation reserved = Assert.Single(
            await _ledger.ReserveAsync(Publication, [new LedgerEntry(new string('c', 64), 5)], Token));
        await new FolderBackend("/store", _files).BeginAsync(reserved.Key, 5, Token);

        Assert.Equal(new SweepResult(0, 0, 0, 0), await Sweep().RunAsync(Token));

        await _ledger.AbandonAsync(Publication, Token);
        Assert.Equal(new SweepResult(0, 1, 0, 1), await Sweep().RunAsync(Token));
    }

    [Fact]
    public void Parse_InvalidManifest_NamesTheCause()
    {
        ArtifactFile file = new("a", "artifacts/aa/a", Samples.Describe([1]));
        Assert.Equal(file.Name, ArtifactManifest.Parse(new ArtifactManifest([file]).Serialize()).Files[0].Name);
        ArtifactFile[] invalid =
        [
            file with { Name = "../a" },
            file with { Name = "" },
            file with { Key = "/a" },
            file with { Content = file.Content with { Length = -1 } },
            file with { Content = file.Content with { Length = 5 << 20 } },
            file with { Content = file.Content with { Sha256 = "a" } },
        ];

        Assert.All(
            invalid,
            static one => Assert.Throws<InvalidDataException>(() => ArtifactManifest.Parse(new ArtifactManifest([one]).Serialize())));
        Assert.Throws<InvalidDataException>(() => ArtifactManifest.Parse(new ArtifactManifest([file, file]).Serialize()));
        Assert.Throws<InvalidDataException>(() => ArtifactManifest.Parse("{}"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => ArtifactManifest.Parse("[1"u8.ToArray()));
        InvalidDataException newer = Assert.Throws<InvalidDataException>(
            () => ArtifactManifest.Parse("""{"format":2,"files":[]}"""u8.ToArray()));
        Assert.Contains("format 2", newer.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _calls.Dispose();

    private ArtifactSweep Sweep() => new(_store, _ledger, TimeSpan.FromHours(6));

    private void Damage(string path)
    {
        using IStoredFile file = _files.Open(path, FileMode.Open, FileAccess.Write);
        byte[] first = new byte[1];
        file.Read(first, 0);
        first[0] ^= 1;
        file.Write(first, 0);
    }

    private async Task<ArtifactReference[]> PublishManyAsync(int count)
    {
        var references = new ArtifactReference[count];
        for (int index = 0; index < count; index++)
        {
            references[index] = await PublishAsync(FormattableString.Invariant($"{index:x32}"), $"owner-{index}", ("a", 100_000 + index));
        }

        return references;
    }

    private async Task<ArtifactReference> PublishAsync(string publication, string owner, params (string Name, int Length)[] files)
    {
        string folder = "/staged/" + publication;
        _files.CreateFolder(folder);
        foreach ((string name, int length) in files)
        {
            _files.WriteNew(Path.Combine(folder, name), Samples.Bytes(length));
        }

        ArtifactReference reference = await _publisher.UploadAsync(publication, folder, Token);
        Assert.True(await _publisher.CommitAsync(publication, owner, Token));
        return reference;
    }
}
