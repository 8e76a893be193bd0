using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class HeatmapChartTests
{
    private const string Lowest = "#F7FCF0";
    private const string Highest = "#084081";

    [Fact]
    public void Render_Topics_ColorsEverySquareByTheCosineOfItsPair()
    {
        // Rows of topics −1, 0, 1 and 2. Topics 0 and 1 are orthogonal; topic 2 is between them.
        Matrix embeddings = new(4, 2, [9, 9, 2, 0, 0, 3, 1, 1]);

        XElement[] squares = Squares(
            HeatmapChart.Render(ChartTopics.Of(3), embeddings, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(9, squares.Length);
        Assert.All([0, 4, 8], i => Assert.Equal(Highest, squares[i].Attribute("fill")!.Value));
        Assert.Equal(Lowest, squares[1].Attribute("fill")!.Value);
        Assert.EndsWith("Similarity Score: 0", squares[1].Value, StringComparison.Ordinal);
        Assert.EndsWith("Similarity Score: 0.7071", squares[2].Value, StringComparison.Ordinal);
        Assert.Equal(squares[2].Attribute("fill")!.Value, squares[6].Attribute("fill")!.Value);
    }

    [Fact]
    public void Render_TopicIds_TakesEachTopicsOwnRowInTheOrderAsked()
    {
        Matrix embeddings = new(4, 2, [9, 9, 2, 0, 0, 3, 1, 1]);

        XElement[] squares = Squares(HeatmapChart.Render(
            ChartTopics.Of(3),
            embeddings,
            new HeatmapOptions { TopicIds = [1, 0] },
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(4, squares.Length);
        Assert.Equal("0_word0x0_word0x1_word0x2\n1_word1x0_word1x1_word1x2\nSimilarity Score: 0", squares[1].Value);
    }

    [Fact]
    public void Render_OneVectorTooFew_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => HeatmapChart.Render(
                ChartTopics.Of(3), new Matrix(3, 2, new float[6]), cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public void Render_OnlyOutliers_IsAnEmptyMatrix() =>
        Assert.Empty(Squares(HeatmapChart.Render(
            ChartTopics.Of(0), new Matrix(1, 2, [1, 0]), cancellationToken: TestContext.Current.CancellationToken)));

    [Theory]
    [InlineData(0, 800)]
    [InlineData(1, 299)]
    [InlineData(1, 10_001)]
    public void Render_OptionOutOfRange_IsRefused(int topics, int width) => Assert.Throws<ArgumentOutOfRangeException>(
        () => HeatmapChart.Render(
            ChartTopics.Of(1),
            new Matrix(2, 1, [1, 1]),
            new HeatmapOptions { LargestTopics = topics, Width = width },
            cancellationToken: TestContext.Current.CancellationToken));

    private static XElement[] Squares(string svg) =>
        [.. new Svg(svg).All("rect").Where(rect => rect.Value.Contains("Similarity Score", StringComparison.Ordinal))];
}
