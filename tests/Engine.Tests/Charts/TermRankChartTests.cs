using System.Globalization;
using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class TermRankChartTests
{
    [Fact]
    public void Render_Topics_DrawsALineEachThatFallsWithTheRank()
    {
        XElement[] lines = Lines(TermRankChart.Render(ChartTopics.Of(3)));

        Assert.Equal(4, lines.Length);
        double[] points = Points(lines[0]);
        Assert.Equal(20, points.Length);
        for (int i = 2; i < points.Length; i += 2)
        {
            Assert.True(
                points[i] > points[i - 2] && points[i + 1] > points[i - 1],
                "The next rank lies to the right and, scored lower, further down.");
        }
    }

    [Fact]
    public void Render_TopicIds_AreRedAndOnTop()
    {
        XElement[] lines = Lines(TermRankChart.Render(ChartTopics.Of(3), new TermRankOptions { TopicIds = [1] }));

        Assert.Equal(["#000000", "#000000", "#000000", "#FF0000"], lines.Select(line => line.Attribute("stroke")!.Value));
        Assert.StartsWith("Topic 1:word1x0", lines[3].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ScoreAboveTheLimitOrNoWords_IsLeftOut()
    {
        Topic[] topics =
        [
            ChartTopics.WithWords(0, new TopicWord("tiny", 1.6)),
            ChartTopics.WithWords(1),
            ChartTopics.WithWords(2, new TopicWord("kept", 1.5)),
        ];

        Assert.Equal("Topic 2:kept", Assert.Single(Lines(TermRankChart.Render(topics))).Value);
    }

    [Fact]
    public void Render_Logarithmic_PlacesEqualRatiosAtEqualSteps()
    {
        Topic topic = ChartTopics.WithWords(0, new("a", 1), new("b", 0.1), new("c", 0.01));

        double[] points = Points(Assert.Single(Lines(TermRankChart.Render([topic], new TermRankOptions { Logarithmic = true }))));

        Assert.Equal(points[3] - points[1], points[5] - points[3], 0.02);
    }

    [Theory]
    [InlineData(299, 500)]
    [InlineData(800, 10_001)]
    public void Render_OptionOutOfRange_IsRefused(int width, int height) => Assert.Throws<ArgumentOutOfRangeException>(
        () => TermRankChart.Render(ChartTopics.Of(1), new TermRankOptions { Width = width, Height = height }));

    private static XElement[] Lines(string svg) => [.. new Svg(svg).All("polyline")];

    private static double[] Points(XElement line) =>
        [.. line.Attribute("points")!.Value.Split([' ', ',']).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
