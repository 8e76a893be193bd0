using System.Collections.Concurrent;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Tests.Scheduling;

public sealed class BackgroundSchedulerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_ParallelLoopInside_StaysOnItsThreads()
    {
        using BackgroundScheduler background = new(2);
        int usual = BackgroundThread.Niceness;
        ConcurrentDictionary<string, int> threads = [];

        int sum = await background.RunAsync(async () =>
        {
            int total = 0;
            await Task.Yield();
            Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 2, TaskScheduler = TaskScheduler.Current }, number =>
            {
                threads[Thread.CurrentThread.Name ?? "none"] = BackgroundThread.Niceness;
                Interlocked.Add(ref total, number);
            });
            return total;
        }, Token);

        Assert.Equal(19_900, sum);
        Assert.All(threads.Keys, static name => Assert.StartsWith("background", name, StringComparison.Ordinal));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a niceness for each thread.");
        Assert.All(threads.Values, niceness => Assert.Equal(Math.Min(19, usual + 9), niceness));
    }

    [Fact]
    public async Task RunAsync_Failure_ReachesTheCaller()
    {
        using BackgroundScheduler background = new(1);

        await Assert.ThrowsAsync<InvalidDataException>(
            () => background.RunAsync<int>(static () => throw new InvalidDataException(), Token));

        Assert.Equal(1, await background.RunAsync(static () => Task.FromResult(1), Token));
    }
}
