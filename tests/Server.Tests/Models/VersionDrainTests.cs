using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Tests.Models;

public sealed class VersionDrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeleteVersionAsync_HeldByACall_DrainsUntilTheCallEnds()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        VersionLease lease = await registry.AcquireAsync("m", 2);

        await registry.Models.DeleteVersionAsync("m", 2, Token);

        Assert.Equal(VersionState.Draining, registry.StateOf("m", 2));
        Assert.Equal(1, registry.Models.Current.Describe("m", 2).ActiveLeases);
        Assert.Equal([2L, 1L], registry.Models.Current.Model("m").Known.Select(static entry => entry.Record.VersionNumber));
        Assert.Null(registry.Models.Current.Find("m", 2));
        lease.Dispose();
        await registry.UntilAsync(static table => table.Model("m").Leaving.IsEmpty);
        Assert.Equal([1L], registry.Models.Current.Model("m").Known.Select(static entry => entry.Record.VersionNumber));
    }

    [Fact]
    public async Task Unloaded_HeldByACall_DrainsThenIsStored()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync(keepLoaded: 1);
        VersionLease lease = await registry.AcquireAsync("m", 2);
        (await registry.AcquireAsync("other", 2)).Dispose();

        Assert.Equal(VersionState.Draining, registry.StateOf("m", 2));
        lease.Dispose();
        await registry.UntilAsync(static table => table.Version("m", 2).Retired is null);
        Assert.Equal(VersionState.Stored, registry.StateOf("m", 2));
    }

    [Fact]
    public async Task AcquireAsync_VersionThatDrains_IsTakenBackWithoutLoading()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync(keepLoaded: 1);
        using VersionLease first = await registry.AcquireAsync("m", 2);
        (await registry.AcquireAsync("other", 2)).Dispose();
        int loads = registry.Store.Loads;

        using VersionLease second = await registry.AcquireAsync("m", 2);

        Assert.Same(first.Handle, second.Handle);
        Assert.Equal(loads, registry.Store.Loads);
        Assert.Equal(VersionState.Ready, registry.StateOf("m", 2));
        Assert.Equal(2, registry.Models.Current.Version("m", 2).ActiveLeases);
    }

    [Fact]
    public async Task KeepLoaded_Zero_KeepsTheOneUsedLast()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync(keepLoaded: 0);

        (await registry.AcquireAsync("m", 2)).Dispose();

        Assert.Equal(VersionState.Ready, registry.StateOf("m", 2));
    }
}
