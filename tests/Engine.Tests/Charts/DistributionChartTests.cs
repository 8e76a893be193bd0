using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class DistributionChartTests
{
    private static readonly IReadOnlyList<Topic> Topics = ChartTopics.Of(3);

    [Fact]
    public void Render_Probabilities_DrawsABarForEachThatReachesTheLeast()
    {
        Svg svg = new(DistributionChart.Render(Topics, [0.6, 0.014, 0.3]));

        XElement[] bars = [.. svg.All("rect").Where(rectangle => rectangle.HasElements)];
        Assert.Equal(["0_name: 0.6", "2_name: 0.3"], bars.Select(bar => bar.Value));
        Assert.Equal(2, Svg.Number(bars[0], "width") / Svg.Number(bars[1], "width"), 0.01);
        Assert.Contains("Topic 0: word0x0_word0x1_word0x2_...", svg.Texts);
    }

    [Fact]
    public void Render_NoneReachesTheLeast_SaysSo() =>
        Assert.Contains(
            "No topic reaches a probability of 0.5.",
            new Svg(DistributionChart.Render(Topics, [0.1, 0.2, 0.3], new DistributionChartOptions { MinProbability = 0.5 })).Texts);

    [Fact]
    public void Render_InputsThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => DistributionChart.Render(Topics, [0.1, 0.2]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DistributionChart.Render(Topics, [0.1, 0.2, 0.3], new DistributionChartOptions { MinProbability = 1.1 }));
    }
}
