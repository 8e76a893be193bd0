using System.Globalization;
using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class BarChartTests
{
    [Theory]
    [InlineData(1, 325)]
    [InlineData(4, 325)]
    [InlineData(8, 500)]
    [InlineData(10, 750)]
    public void Render_NumberOfTopics_GivesTheReferenceSize(int topics, int height)
    {
        Svg svg = new(BarChart.Render(ChartTopics.Of(topics), new BarChartOptions { LargestTopics = topics }));

        Assert.Equal(1000, Svg.Number(svg.Root, "width"));
        Assert.Equal(height, Svg.Number(svg.Root, "height"));
        Assert.Equal(topics * 5, Bars(svg).Length);
    }

    [Fact]
    public void Render_Defaults_ShowsTheEightLargestTopicsWithoutOutliers()
    {
        Svg svg = new(BarChart.Render(ChartTopics.Of(12)));

        Assert.Equal(
            Enumerable.Range(0, 8).Select(id => $"Topic {id}"),
            svg.Texts.Where(text => text.StartsWith("Topic ", StringComparison.Ordinal) && char.IsDigit(text[6])));
    }

    [Fact]
    public void Render_TopicIds_KeepsTheirOrder()
    {
        Svg svg = new(BarChart.Render(ChartTopics.Of(5), new BarChartOptions { TopicIds = [3, -1, 0] }));

        Assert.Equal(
            ["Topic 3", "Topic -1", "Topic 0"],
            svg.Texts.Where(text => text.StartsWith("Topic ", StringComparison.Ordinal) && text != "Topic Word Scores"));
    }

    [Fact]
    public void Render_UnknownTopic_IsRefusedByName()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => BarChart.Render(ChartTopics.Of(2), new BarChartOptions { TopicIds = [7] }));

        Assert.Contains("Topic 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Bars_HaveLengthsInProportionAndTheBestWordOnTop()
    {
        Topic topic = ChartTopics.WithWords(0, new("best", 0.4), new("half", 0.2), new("tenth", 0.04));

        XElement[] bars = Bars(new Svg(BarChart.Render([topic])));

        Assert.Equal(["tenth: 0.04", "half: 0.2", "best: 0.4"], bars.Select(bar => bar.Value));
        Assert.Equal(2, Svg.Number(bars[2], "width") / Svg.Number(bars[1], "width"), 0.01);
        Assert.Equal(10, Svg.Number(bars[2], "width") / Svg.Number(bars[0], "width"), 0.02);
        Assert.True(Svg.Number(bars[2], "y") < Svg.Number(bars[1], "y"));
    }

    [Fact]
    public void Render_EqualWords_ShareOnePlace()
    {
        Topic topic = ChartTopics.WithWords(0, new("same", 0.4), new("same", 0.2), new("other", 0.1));

        XElement[] bars = Bars(new Svg(BarChart.Render([topic])));

        Assert.Equal(Svg.Number(bars[1], "y"), Svg.Number(bars[2], "y"));
    }

    [Fact]
    public void Render_MarkupAndForbiddenCharacters_StaysWellFormed()
    {
        Topic topic = ChartTopics.WithWords(0, new TopicWord("<b>&\"'\u0001\uFFFF\uD800x😀", 0.4));

        Svg svg = new(BarChart.Render([topic]));

        Assert.Contains("<b>&\"'x😀", svg.Texts);
    }

    [Fact]
    public void Render_LongWord_IsCutAndWholeInTheHover()
    {
        string word = new('w', 60);
        Topic[] topics = [ChartTopics.WithWords(0, new TopicWord("short", 0.4)), ChartTopics.WithWords(1, new TopicWord(word, 0.4))];

        Svg svg = new(BarChart.Render(topics));

        Assert.Contains(svg.Texts, text => text.StartsWith("ww", StringComparison.Ordinal) && text.EndsWith('…'));
        Assert.Contains(word, svg.Titles);
    }

    [Fact]
    public void Render_NoTopics_SaysSo()
    {
        Svg svg = new(BarChart.Render([ChartTopics.WithWords(-1, new TopicWord("noise", 1))]));

        Assert.Contains("The model has no topics.", svg.Texts);
    }

    [Fact]
    public void Render_AnotherCulture_GivesTheSameBytes()
    {
        IReadOnlyList<Topic> topics = ChartTopics.Of(9);
        string expected = BarChart.Render(topics);
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";

        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, BarChart.Render(topics));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(15, 283, 9)]
    [InlineData(12, 250, 9)]
    [InlineData(10, 250, 11)]
    [InlineData(9, 250, 12)]
    public void Plan_AutoScale_FollowsTheNumberOfWords(int words, int rowHeight, double fontSize)
    {
        var plan = BarChartPlan.Of(ChartTopics.Of(8, words), new BarChartOptions { AutoScale = true, WordCount = words });

        Assert.Equal(2 * rowHeight, plan.Height);
        Assert.Equal(fontSize, plan.FontSize);
    }

    [Theory]
    [InlineData(0, 5, 250)]
    [InlineData(8, 0, 250)]
    [InlineData(8, 5, 50)]
    public void Render_OptionOutOfRange_IsRefused(int topics, int words, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => BarChart.Render(ChartTopics.Of(2), new BarChartOptions { LargestTopics = topics, WordCount = words, Width = width }));

    private static XElement[] Bars(Svg svg) => [.. svg.All("rect").Where(rect => rect.Attribute("stroke") is not null)];
}
