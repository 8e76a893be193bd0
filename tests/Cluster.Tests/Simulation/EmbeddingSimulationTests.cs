using System.Globalization;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>The dispatch of chunks with simulated members: what more members gain does not depend on this machine.</summary>
public sealed class EmbeddingSimulationTests(ITestOutputHelper output)
{
    private const int Texts = 20_000;

    [Theory]
    [InlineData(2, 1.9)]
    [InlineData(4, 3.6)]
    [InlineData(8, 7)]
    public void Run_MoreMembers_ReachTheTarget(int members, double atLeast)
    {
        TimeSpan one = TimeSpan.Zero;
        TimeSpan all = TimeSpan.Zero;
        SeededRuns.Isolate(
            seed =>
            {
                one = new EmbeddingScenario(seed, 1, Texts, hasFaults: false).Run();
                all = new EmbeddingScenario(seed, members, Texts, hasFaults: false).Run();
            },
            seed: 1);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"1 member {one.TotalSeconds:F1} s, {members} members {all.TotalSeconds:F1} s: {one / all:F2} x"));
        Assert.True(one / all >= atLeast, string.Create(CultureInfo.InvariantCulture, $"{one / all:F2} x"));
    }

    [Fact]
    public void Run_ManySeedsWithFaults_EmbedsEachTextOnceAndLeavesOutTheDeadlyOne()
    {
        int deaths = 0;

        SeededRuns.Run(seed =>
        {
            EmbeddingScenario scenario = new(seed, members: 4, texts: 600, hasFaults: true);
            scenario.Run();
            Interlocked.Add(ref deaths, scenario.DeathsOfText);
        });

        TestContext.Current.SendDiagnosticMessage($"The text ended {deaths} processes.");
        Assert.True(deaths > 0);
    }
}
