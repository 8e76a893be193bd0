namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Promises of artifacts: an object that an owner refers to is never deleted and always readable; a publication is committed as a whole or
/// not at all; an owner has one publication; what nothing refers to is deleted in the end.
/// </summary>
public sealed class ArtifactSimulationTests
{
    [Fact]
    public void Run_ManySeeds_BreaksNoPromise()
    {
        int commits = 0;
        int rejections = 0;
        int reads = 0;

        SeededRuns.Run(seed =>
        {
            ArtifactScenario scenario = new(seed);
            scenario.Run();
            Interlocked.Add(ref commits, scenario.Commits);
            Interlocked.Add(ref rejections, scenario.Rejections);
            Interlocked.Add(ref reads, scenario.Reads);
        });

        // The faults do not stop all work, and both outcomes of a commit happen.
        TestContext.Current.SendDiagnosticMessage($"{commits} commits, {rejections} rejected, {reads} read");
        Assert.True(commits > 0 && rejections > 0 && reads > 0);
    }

    [Fact]
    public void Run_SameSeedTwice_DoesTheSame()
    {
        List<string> traces = [];
        for (int run = 0; run < 2; run++)
        {
            SeededRuns.Isolate(
                seed =>
                {
                    ArtifactScenario scenario = new(seed);
                    scenario.Run();
                    traces.Add(scenario.Trace);
                },
                seed: 7);
        }

        Assert.Equal(traces[0], traces[1]);
        Assert.Contains("artifacts/", traces[0], StringComparison.Ordinal);
    }
}
