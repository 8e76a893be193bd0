using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>A client that calls random members and gives a call up after a time. It neither crashes nor pauses.</summary>
internal sealed class SimulatedClient(SimulatedWorld world, Chaos chaos)
{
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Calls a member.</summary>
    /// <param name="handle">What the member does; it runs in the process of the member.</param>
    /// <returns>Whether an answer arrived in time, and the answer.</returns>
    public Task<(bool IsAnswered, T? Answer)> CallAsync<T>(Func<SimulatedProcess, Task<T>> handle)
    {
        TaskCompletionSource<(bool, T?)> answer = new();
        SimulatedProcess process = chaos.Any();
        world.After(world.Delay(LongestTrip), () => process.Do(() => _ = HandleAsync(handle, process, answer)));
        world.After(CallTimeout, () => answer.TrySetResult((false, default)));
        return answer.Task;
    }

    /// <summary>Waits.</summary>
    public Task DelayAsync(TimeSpan time)
    {
        TaskCompletionSource done = new();
        world.After(time, done.SetResult);
        return done.Task;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Any failure fails the test.")]
    private async Task HandleAsync<T>(
        Func<SimulatedProcess, Task<T>> handle, SimulatedProcess process, TaskCompletionSource<(bool, T?)> answer)
    {
        try
        {
            T result = await handle(process);
            if (!world.Chance(world.FaultRate))
            {
                world.After(world.Delay(LongestTrip), () => answer.TrySetResult((true, result)));
            }
        }
        catch (Exception failure) when (failure is IOException or TimeoutException)
        {
            // The member answers with an error that the client retries.
            world.After(world.Delay(LongestTrip), () => answer.TrySetResult((false, default)));
        }
        catch (Exception failure)
        {
            chaos.Report(failure as BrokenPromiseException ?? new BrokenPromiseException($"A call failed. {failure}"));
        }
    }
}
