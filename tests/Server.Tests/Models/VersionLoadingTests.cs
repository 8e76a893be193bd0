using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Tests.Models;

public sealed class VersionLoadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcquireAsync_VersionOnDisk_IsLoadingMeanwhileAndOtherModelsChange()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        Assert.Equal(VersionState.Stored, registry.StateOf("m", 2));
        registry.Store.Hold();
        Task<VersionLease> acquired = registry.AcquireAsync("m", 2).AsTask();
        await registry.Store.ArrivedAsync();

        Assert.Equal(VersionState.Loading, registry.StateOf("m", 2));
        await registry.Models.SetLabelAsync("other", "canary", 1, etag: "", Token);
        await registry.Models.SetLabelAsync("m", "canary", 1, etag: "", Token);
        Assert.False(acquired.IsCompleted);
        registry.Store.Release();

        using VersionLease lease = await acquired;
        Assert.Equal(2, lease.Handle.Number);
        Assert.Equal(VersionState.Ready, registry.StateOf("m", 2));
    }

    [Fact]
    public async Task AcquireAsync_ManyAtOnce_LoadOnceAndOneThatLeavesStopsNobody()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        int before = registry.Store.Loads;
        registry.Store.Hold();
        using var leaver = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<VersionLease> left = registry.Models.AcquireAsync(new VersionSelector("m", 2, Label: null), leaver.Token).AsTask();
        await registry.Store.ArrivedAsync();
        Task<VersionLease>[] stayed = [.. Enumerable.Range(0, 8).Select(_ => registry.AcquireAsync("m", 2).AsTask())];

        await leaver.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        registry.Store.Release();

        VersionLease[] leases = await Task.WhenAll(stayed);
        Assert.Equal(before + 1, registry.Store.Loads);
        Assert.Equal(8, registry.Models.Current.Version("m", 2).ActiveLeases);
        Assert.Single(leases.Select(static lease => lease.Handle).Distinct());
        Array.ForEach(leases, static lease => lease.Dispose());
        Assert.Equal(0, registry.Models.Current.Version("m", 2).ActiveLeases);
    }

    [Fact]
    public async Task DeleteVersionAsync_WhileItLoads_TheLateLoadComesToNothing()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        registry.Store.Hold();
        Task<VersionLease> acquired = registry.AcquireAsync("m", 2).AsTask();
        await registry.Store.ArrivedAsync();

        Assert.True(await registry.Models.DeleteVersionAsync("m", 2, Token));
        registry.Store.Release();

        ServiceException gone = await Assert.ThrowsAsync<ServiceException>(() => acquired);
        Assert.Equal("VERSION_NOT_FOUND", gone.Reason);
        Assert.Null(registry.Models.Current.Find("m", 2));
    }

    [Fact]
    public async Task SetLabelAsync_MovedAgainWhileItLoads_TheOlderMoveLoses()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        registry.Store.Hold();
        Task older = registry.Models.SetLabelAsync("m", "canary", 2, etag: "", Token);
        await registry.Store.ArrivedAsync();
        await registry.Models.SetLabelAsync("m", "canary", 1, etag: "", Token);
        registry.Store.Release();

        ServiceException lost = await Assert.ThrowsAsync<ServiceException>(() => older);

        Assert.Contains("moved during the request", lost.Message, StringComparison.Ordinal);
        Assert.Equal(1, registry.Models.Current.Model("m").Labels["canary"]);
        Assert.Equal(VersionState.Ready, registry.StateOf("m", 2));
    }

    [Fact]
    public async Task SetLabelAsync_VersionThatFailsToLoad_StaysWhereItWasAndSaysWhy()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        registry.Store.Failure = new InvalidDataException("layout.bin was altered.");

        ServiceException failed = await Assert.ThrowsAsync<ServiceException>(
            () => registry.Models.SetLabelAsync("m", "stable", 2, etag: "", Token));

        Assert.Equal(StatusCode.FailedPrecondition, failed.Code);
        Assert.Contains("layout.bin was altered.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, registry.Models.Current.Model("m").Labels["stable"]);
        Assert.Equal(VersionState.Failed, registry.StateOf("m", 2));
    }

    [Fact]
    public async Task PublishAsync_WhileItIsWritten_LabelsOfTheSameModelMove()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        registry.Store.Hold();
        Task published = Task.Run(() => registry.PublishAsync("m", "stable"), Token);
        await registry.Store.ArrivedAsync();

        await registry.Models.SetLabelAsync("m", "canary", 1, etag: "", Token);
        registry.Store.Release();
        await published;

        Assert.Equal(3, registry.Models.Current.Model("m").Labels["stable"]);
        Assert.Equal(1, registry.Models.Current.Model("m").Labels["canary"]);
    }

    [Fact]
    public async Task PublishAsync_WhatWasWrittenFailsItsCheck_LeavesNothing()
    {
        using TestRegistry registry = await TestRegistry.CreateAsync();
        registry.Store.Failure = new InvalidDataException("Self-test 3 gives topic 1, not 2.");

        await Assert.ThrowsAsync<InvalidDataException>(() => registry.PublishAsync("m", "stable"));
        registry.Store.Failure = null;

        Assert.Equal(1, registry.Models.Current.Model("m").Labels["stable"]);
        Assert.False(Directory.Exists(Path.Combine(registry.ModelsDirectory, "m", "versions", "3")));
        Assert.Equal(4, (await registry.PublishAsync("m")).VersionNumber);
    }
}
