namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Promises of the coordination through the database, under crashes, pauses, lost and late calls: an acknowledged document is stored
/// exactly once; a fit has one version with its own bytes; no client sees an older version after a newer one, or after a move returned.
/// </summary>
public sealed class CoordinationSimulationTests
{
    [Fact]
    public void Ingest_ManySeeds_StoresEachDocumentOnce()
    {
        int conflicts = 0;
        int takeOvers = 0;
        int deleted = 0;

        SeededRuns.Run(seed =>
        {
            IngestScenario scenario = new(seed);
            scenario.Run();
            Interlocked.Add(ref conflicts, scenario.Conflicts);
            Interlocked.Add(ref takeOvers, scenario.TakeOvers);
            Interlocked.Add(ref deleted, scenario.Deleted);
        });

        TestContext.Current.SendDiagnosticMessage(
            $"{conflicts} conflicts, {takeOvers} replaced connections, {deleted} deleted objects");
        Assert.True(conflicts > 0 && takeOvers > 0 && deleted > 0);
    }

    [Fact]
    public void Fit_ManySeeds_PublishesOneVersion()
    {
        int fenced = 0;
        int takeovers = 0;
        int continued = 0;

        SeededRuns.Run(seed =>
        {
            FitScenario scenario = new(seed);
            scenario.Run();
            Interlocked.Add(ref fenced, scenario.Fenced);
            Interlocked.Add(ref takeovers, scenario.Takeovers);
            Interlocked.Add(ref continued, scenario.Continued);
        });

        TestContext.Current.SendDiagnosticMessage($"{takeovers} takeovers, {fenced} fenced, {continued} stages continued");
        Assert.True(fenced > 0 && takeovers > 0 && continued > 0);
    }

    [Fact]
    public void Assignment_ManySeeds_HasEachDocumentOnce()
    {
        int conflicts = 0;
        int fenced = 0;
        int deleted = 0;
        long takeovers = 0;

        SeededRuns.Run(seed =>
        {
            AssignmentScenario scenario = new(seed);
            scenario.Run();
            Interlocked.Add(ref conflicts, scenario.Conflicts);
            Interlocked.Add(ref fenced, scenario.Fenced);
            Interlocked.Add(ref deleted, scenario.Deleted);
            Interlocked.Add(ref takeovers, scenario.Takeovers);
        });

        TestContext.Current.SendDiagnosticMessage(
            $"{conflicts} conflicts, {takeovers} takeovers, {fenced} fenced, {deleted} deleted objects");
        Assert.True(conflicts > 0 && takeovers > 0 && fenced > 0 && deleted > 0);
    }

    [Fact]
    public void Label_ManySeeds_NeverGoesBack()
    {
        int moves = 0;
        int answers = 0;

        SeededRuns.Run(seed =>
        {
            LabelScenario scenario = new(seed);
            scenario.Run();
            Interlocked.Add(ref moves, scenario.Moves);
            Interlocked.Add(ref answers, scenario.Answers);
        });

        TestContext.Current.SendDiagnosticMessage($"{moves} moves, {answers} answers");
        Assert.True(moves > 0 && answers > moves);
    }
}
