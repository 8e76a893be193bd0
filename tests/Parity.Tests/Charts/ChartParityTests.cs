using TopicGrpc.Parity.Charts;
using Xunit;

namespace TopicGrpc.Parity.Tests.Charts;

public sealed class ChartParityTests
{
    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void BarChart_RecordedTopics_EqualsTheRecordedFigures(string corpus) => Holds(new BarChartCheck(), corpus);

    [Fact]
    public void DocumentChart_RecordedPoints_EqualsTheRecordedFigure() => Holds(new DocumentChartCheck(), "state-of-the-union");

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void OtherCharts_RecordedTopics_EqualTheRecordedFigures(string corpus)
    {
        Holds(new HeatmapCheck(), corpus);
        Holds(new TermRankCheck(), corpus);
        Holds(new HierarchyChartCheck(), corpus);
    }

    [Fact]
    public void TopicsOverTimeChart_RecordedTable_EqualsTheRecordedFigure() => Holds(new TopicsOverTimeChartCheck(), "state-of-the-union");

    private static void Holds(StageCheck check, string corpus)
    {
        GoldenFolder golden = GoldenData.Find(corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, [])];

        Assert.NotEmpty(measures);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}
