using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Cluster.Embedding;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>
/// More members embed faster. The encoder waits a fixed time for each text and uses no core, so that one machine can show what members on
/// machines of their own reach. Runs with TOPICGRPC_SPEEDUP=1, on a quiet machine; <c>EmbeddingSimulationTests</c> shows the same in
/// simulated time.
/// </summary>
public sealed class SpeedUpTests(ITestOutputHelper output)
{
    // A busy machine delays threads; the promise is what the members reach when it does not.
    private const int Attempts = 4;

    private static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 1.9)]
    [InlineData(4, 3.6)]
    [InlineData(8, 7)]
    public async Task EmbedAsync_MoreMembers_ReachTheTarget(int members, double atLeast)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TOPICGRPC_SPEEDUP") == "1", "Measured with TOPICGRPC_SPEEDUP=1.");
        await RequireAsync(members, atLeast, texts: 1024);
    }

    private async Task RequireAsync(int members, double atLeast, int texts)
    {
        double best = 0;
        for (int attempt = 0; attempt < Attempts && best < atLeast; attempt++)
        {
            double one = await SecondsAsync(1, texts);
            double all = await SecondsAsync(members, texts);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{texts} texts: 1 member {one:F2} s, {members} members {all:F2} s, {one / all:F2} x"));
            best = Math.Max(best, one / all);
        }

        Assert.True(best >= atLeast, string.Create(CultureInfo.InvariantCulture, $"{members} members are {best:F2} times as fast."));
    }

    private static async Task<double> SecondsAsync(int members, int texts)
    {
        using EmbeddingCluster cluster = new(
            members, new ClusterEmbeddingOptions { ChunkTexts = texts / 64, StragglerMinimum = TimeSpan.FromMinutes(1) });
        foreach (EmbeddingMember member in cluster.Members)
        {
            member.Fingerprint.Get(Token);
            member.Embedder.Delay = Cost;
        }

        long started = Stopwatch.GetTimestamp();
        await cluster.EmbedAsync(
            [.. Enumerable.Range(0, texts).Select(static number => $"text {number.ToString(CultureInfo.InvariantCulture)}")], Token);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
