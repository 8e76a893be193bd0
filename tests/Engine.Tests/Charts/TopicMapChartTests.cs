using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class TopicMapChartTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    public void Render_AnyNumberOfTopics_DrawsACircleEachInsideThePicture(int count)
    {
        IReadOnlyList<Topic> topics = ChartTopics.Of(count);

        XElement[] circles = [.. new Svg(Render(topics, topics.Count)).All("circle")];

        Assert.Equal(count, circles.Length);
        Assert.All(circles, circle => Assert.InRange(Svg.Number(circle, "cx"), 0, 650));
        Assert.All(circles, circle => Assert.InRange(Svg.Number(circle, "cy"), 0, 650));
    }

    [Fact]
    public void Render_Sizes_AreAreas()
    {
        Topic[] topics =
        [
            ChartTopics.WithWords(0, new TopicWord("a", 1)) with { Count = 400 },
            ChartTopics.WithWords(1, new TopicWord("b", 1)) with { Count = 100 },
        ];

        double[] radii = [.. new Svg(Render(topics, 2)).All("circle").Select(circle => Svg.Number(circle, "r"))];

        Assert.Equal([28.28, 14.14], radii);
    }

    [Fact]
    public void Render_SameInput_GivesTheSameBytes()
    {
        IReadOnlyList<Topic> topics = ChartTopics.Of(12);

        Assert.Equal(Render(topics, 13), Render(topics, 13));
    }

    [Fact]
    public void Render_InputsThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Render(ChartTopics.Of(3), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Render(ChartTopics.Of(3), 4, new TopicMapOptions { Height = 10_001 }));
    }

    private static string Render(IReadOnlyList<Topic> topics, int vectors, TopicMapOptions? options = null) =>
        TopicMapChart.Render(topics, Vectors(vectors), options, TestContext.Current.CancellationToken);

    private static Matrix Vectors(int rows)
    {
        Matrix vectors = new(rows, 6);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < 6; column++)
            {
                vectors.Row(row)[column] = MathF.Sin((row * 7) + (column * 3) + 1);
            }
        }

        return vectors;
    }
}
