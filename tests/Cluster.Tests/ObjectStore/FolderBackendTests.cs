using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>The contract in a folder of this machine, and faults of the file system.</summary>
public sealed class FolderBackendTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();

    private protected override IObjectBackend Backend => new FolderBackend(_folder.At("store"), DiskStorage.Instance);

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Partial)]
    public async Task Put_AnyCallFails_RetriesUntilTheObjectIsIntact(FaultKind kind)
    {
        byte[] bytes = Samples.Bytes(1000);
        int call = 1;
        for (bool isFaulted = true; isFaulted; call++)
        {
            using StoreCalls calls = Samples.Calls();
            MemoryStorage storage = new();
            ContentStore store = new(new FolderBackend("/store", storage), calls);
            storage.FailAt(call, kind);

            await store.PutAsync("objects/a", bytes);

            isFaulted = storage.IsFaulted;
            storage.Disarm();
            await store.VerifyAsync("objects/a", Samples.Describe(bytes), Token);
        }

        Assert.InRange(call, 8, 60);
    }

    [Theory]
    [InlineData(CrashKind.Lose)]
    [InlineData(CrashKind.Tear)]
    public async Task Put_PowerFailsAfterwards_KeepsTheObject(CrashKind kind)
    {
        using StoreCalls calls = Samples.Calls();
        MemoryStorage storage = new();
        ContentStore store = new(new FolderBackend("/store", storage), calls);
        byte[] bytes = Samples.Bytes(100_000);
        await store.PutAsync("objects/a", bytes);

        storage.Restart(kind, seed: 1);

        await store.VerifyAsync("objects/a", Samples.Describe(bytes), Token);
    }

    [Fact]
    public async Task Put_ProcessEndsAtAnyCall_NextProcessCompletesTheObject()
    {
        byte[] bytes = Samples.Bytes(1000);
        int call = 1;
        for (bool isFaulted = true; isFaulted; call++)
        {
            using StoreCalls calls = Samples.Calls(attempts: 1);
            MemoryStorage storage = new();
            ContentStore store = new(new FolderBackend("/store", storage), calls);
            storage.FailAt(call, FaultKind.Crash);
            Exception? failure = await Record.ExceptionAsync(() => store.PutAsync("objects/a", bytes));
            isFaulted = storage.IsFaulted;
            Assert.Equal(isFaulted, failure is not null);

            storage.Restart(CrashKind.Tear, seed: call);
            await store.PutAsync("objects/a", bytes);
            await store.VerifyAsync("objects/a", Samples.Describe(bytes), Token);
        }

        Assert.InRange(call, 5, 60);
    }

    public void Dispose() => _folder.Dispose();
}
