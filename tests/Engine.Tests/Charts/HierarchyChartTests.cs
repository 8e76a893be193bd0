using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class HierarchyChartTests
{
    // Rows of topics −1, 0, 1 and 2. Topics 0 and 2 share their terms; topic 1 has none of them.
    private static readonly CsrMatrix<double> Weights = new(3, [0, 1, 3, 4, 6], [0, 0, 1, 2, 0, 1], [1, 2, 1, 1, 2, 1.5]);

    [Fact]
    public void Plan_TwoTopicsAlike_MergeFirstAndStandSideBySide()
    {
        (HierarchyPlan plan, string[] labels) = HierarchyChart.Plan(
            ChartTopics.Of(3), Weights, new HierarchyOptions(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, plan.Brackets.Count);
        Assert.True(plan.Brackets[0].Height < plan.Brackets[1].Height);
        Assert.InRange(plan.Brackets[0].Height, 0.001, 0.1);
        Assert.Equal(1, Math.Abs(Array.FindIndex(labels, l => l[0] == '0') - Array.FindIndex(labels, l => l[0] == '2')));
    }

    [Fact]
    public void Render_Topics_LabelsEveryLeafAndDrawsEveryMerge()
    {
        Svg svg = new(HierarchyChart.Render(ChartTopics.Of(3), Weights, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(2, svg.All("polyline").Count());
        Assert.Equal(
            ["0_word0x0_word0x1_word0x2", "1_word1x0_word1x1_word1x2", "2_word2x0_word2x1_word2x2"],
            svg.Texts.Where(text => text.Contains("_word", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(245, Svg.Number(svg.Root, "height"));
    }

    [Fact]
    public void Render_OneTopic_HasNoMerge() =>
        Assert.Empty(new Svg(HierarchyChart.Render(
            ChartTopics.Of(3),
            Weights,
            new HierarchyOptions { TopicIds = [1] },
            cancellationToken: TestContext.Current.CancellationToken)).All("polyline"));

    [Fact]
    public void Render_OneRowTooFew_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => HierarchyChart.Render(ChartTopics.Of(4), Weights, cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public void Render_NegativeThreshold_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => HierarchyChart.Render(
            ChartTopics.Of(3),
            Weights,
            new HierarchyOptions { ColorThreshold = -1 },
            cancellationToken: TestContext.Current.CancellationToken));
}
