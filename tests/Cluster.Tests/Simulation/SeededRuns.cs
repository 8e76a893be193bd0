using System.Globalization;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Runs a simulation for many seeds. <c>TOPICGRPC_SEED</c> runs one seed, <c>TOPICGRPC_SEEDS</c> another number of seeds than 500.
/// </summary>
internal static class SeededRuns
{
    private const int Seeds = 500;

    /// <summary>Runs the seeds on two threads; each seed stays on one.</summary>
    /// <param name="run">Runs one seed and throws if a promise is broken.</param>
    public static void Run(Action<int> run)
    {
        if (Number("TOPICGRPC_SEED") is { } one)
        {
            Isolate(run, one);
            return;
        }

        Parallel.For(0, Number("TOPICGRPC_SEEDS") ?? Seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            try
            {
                Isolate(run, seed);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"Seed {seed} fails; TOPICGRPC_SEED={seed} runs it again. {failure.Message}"), failure);
            }
        });
    }

    /// <summary>Runs one seed without the context of the test framework, to which continuations would leave the simulation.</summary>
    public static void Isolate(Action<int> run, int seed)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            run(seed);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
