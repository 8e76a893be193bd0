using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class SliceChartTests
{
    private static readonly IReadOnlyList<Topic> Topics = ChartTopics.Of(3);

    [Fact]
    public void OverTime_Topics_DrawsALineEachThroughTheTimesThatHaveIt()
    {
        TimeSlice[] slices = [Time(2001, (0, 4), (1, 2)), Time(2002, (1, 6)), Time(2003, (-1, 9), (0, 8))];

        Svg svg = new(TopicsOverTimeChart.Render(Topics, slices));

        // Topic 2 never occurs: its line has no points, but its name is in the legend.
        XElement[] lines = [.. svg.All("polyline")];
        Assert.Equal(
            [2, 2, 0], lines.Select(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Equal(["#E69F00", "#56B4E9", "#009E73"], lines.Select(line => line.Attribute("stroke")!.Value));
        Assert.Contains("2_name", svg.Texts);
        Assert.Contains("Topic 1\nWords: a, b", svg.Titles);
        Assert.Contains("2002-01-01", svg.Texts);
    }

    [Fact]
    public void OverTime_Normalized_ScalesEachTopicToUnitLength()
    {
        TimeSlice[] slices = [Time(2001, (0, 3), (1, 300)), Time(2002, (0, 4), (1, 400))];

        IReadOnlyList<TimeLine> lines = TimeLine.Of(
            Topics, slices, new TopicsOverTimeChartOptions { NormalizeFrequency = true, TopicIds = [1, 0] });

        Assert.Equal([0, 1], lines.Select(line => line.Topic.Id));
        Assert.All(lines, line => Assert.Equal([0.6, 0.8], line.Values));
    }

    [Fact]
    public void OverTime_OneTimeOrNone_IsStillAPicture()
    {
        Assert.Equal(3, new Svg(TopicsOverTimeChart.Render(Topics, [Time(2001, (0, 1))])).All("polyline").Count());
        Assert.Equal(3, new Svg(TopicsOverTimeChart.Render(Topics, [])).All("polyline").Count());
    }

    [Fact]
    public void PerClass_Topics_DrawsABarForEveryTopicInAClass()
    {
        ClassSlice[] slices = [new("left", [Part(0, 4), Part(1, 2)]), new("right & wrong", [Part(1, 8)])];

        Svg svg = new(TopicsPerClassChart.Render(Topics, slices));

        double[] widths = [.. Bars(svg).Select(bar => Svg.Number(bar, "width"))];
        Assert.Equal(3, widths.Length);
        Assert.Equal(2, widths[0] / widths[1], 0.05);
        Assert.Equal(4, widths[2] / widths[1], 0.05);
        Assert.Contains("right & wrong", svg.Texts);
    }

    [Fact]
    public void PerClass_TopicIds_LeavesOthersOut()
    {
        ClassSlice[] slices = [new("left", [Part(0, 4), Part(1, 2)])];

        Svg svg = new(TopicsPerClassChart.Render(Topics, slices, new TopicsPerClassChartOptions { TopicIds = [1] }));

        Assert.StartsWith("left, 2", Assert.Single(Bars(svg)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void SliceCharts_OptionOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TopicsOverTimeChart.Render(Topics, [], new TopicsOverTimeChartOptions { Width = 299 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TopicsPerClassChart.Render(Topics, [], new TopicsPerClassChartOptions { LargestTopics = 0 }));
        Assert.Throws<ArgumentException>(() => TopicsOverTimeChart.Render(Topics, [], new TopicsOverTimeChartOptions { TopicIds = [9] }));
    }

    /// <summary>Returns the bars: the rectangles with a hover text, which background and legend do not have.</summary>
    private static IEnumerable<XElement> Bars(Svg svg) => svg.All("rect").Where(rectangle => rectangle.HasElements);

    private static TimeSlice Time(int year, params (int Topic, int Frequency)[] parts) =>
        new(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), [.. parts.Select(part => Part(part.Topic, part.Frequency))]);

    private static TopicSlice Part(int topic, int frequency) => new(topic, [new("a", 2), new("b", 1)], frequency);
}
