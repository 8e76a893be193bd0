using TopicGrpc.Parity.Layout;
using Xunit;

namespace TopicGrpc.Parity.Tests.Layout;

public sealed class LayoutParityTests
{
    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Find_RecordedEmbeddings_EqualsTheRecordedNeighbors(string corpus) => Holds(new NeighborsCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Graph_RecordedNeighbors_EqualsTheRecordedGraph(string corpus) => Holds(new FuzzyGraphCheck(), corpus);

    [Fact]
    public void Fit_RecordedNeighbors_KeepsNeighborhoodsAndClusters() => Holds(new LayoutCheck(), "state-of-the-union");

    private static void Holds(StageCheck check, string corpus)
    {
        GoldenFolder golden = GoldenData.Find(corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, [])];

        Assert.NotEmpty(measures);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}
