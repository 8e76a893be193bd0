using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Scheduling;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>F14: costly queries run a few at a time, and the queue is bounded.</summary>
public sealed class QueryLaneTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F14_RunAsync_QueueFull_IsRejectedWithADelay()
    {
        using QueryLane lane = new(Options.Create(new ReceivingOptions { MaxQueries = 1, MaxQueuedQueries = 1 }));
        TaskCompletionSource<int> held = new();
        Task<int> running = lane.RunAsync(() => held.Task, Token);
        Task<int> waiting = lane.RunAsync(static () => Task.FromResult(2), Token);

        ServiceException full = await Assert.ThrowsAsync<ServiceException>(() => lane.RunAsync(static () => Task.FromResult(3), Token));
        held.SetResult(1);

        Assert.Equal((StatusCode.ResourceExhausted, ErrorReasons.QueueFull), (full.Code, full.Reason));
        Assert.NotNull(full.RetryAfter);
        int[] results = await Task.WhenAll(running, waiting);
        Assert.Equal([1, 2], results);
        Assert.Equal(4, await lane.RunAsync(static () => Task.FromResult(4), Token));
    }

    [Fact]
    public async Task F14_RunAsync_CanceledWhileWaiting_FreesItsPlaceInTheQueue()
    {
        using QueryLane lane = new(Options.Create(new ReceivingOptions { MaxQueries = 1, MaxQueuedQueries = 1 }));
        TaskCompletionSource<int> held = new();
        Task<int> running = lane.RunAsync(() => held.Task, Token);
        using CancellationTokenSource left = new();
        Task<int> waiting = lane.RunAsync(static () => Task.FromResult(2), left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Task<int> next = lane.RunAsync(static () => Task.FromResult(3), Token);
        held.SetResult(1);

        int[] results = await Task.WhenAll(running, next);
        Assert.Equal([1, 3], results);
    }

    [Fact]
    public async Task RunAsync_Query_HasLowPriorityAndItsCallerDoesNot()
    {
        using QueryLane lane = new(Options.Create(new ReceivingOptions { MaxQueries = 2 }));
        int usual = BackgroundThread.Niceness;

        (int before, int after, string? thread) = await lane.RunAsync(
            static async () =>
            {
                int first = BackgroundThread.Niceness;
                await Task.Yield();
                return (first, BackgroundThread.Niceness, Thread.CurrentThread.Name);
            },
            Token);

        Assert.StartsWith("background", thread, StringComparison.Ordinal);
        Assert.False(
            Thread.CurrentThread.Name?.StartsWith("background", StringComparison.Ordinal) == true, "The caller changed its thread.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a niceness for each thread.");
        Assert.Equal((Math.Min(19, usual + 9), Math.Min(19, usual + 9)), (before, after));
    }
}
