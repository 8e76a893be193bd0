using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class DocumentChartTests
{
    [Fact]
    public void Render_Defaults_ColorsSevenTopicsFromTheSecondColorOn()
    {
        Example example = new(9, 20);

        Svg svg = new(DocumentChart.Render(example.Topics, example.Labels, example.Points, example.Texts));

        string[] fills = [.. svg.All("g").Select(group => group.Attribute("fill")!.Value)];
        Assert.Equal(["#CFD8DC", "#FF7F0E", "#2CA02C", "#D62728", "#9467BD", "#8C564B", "#E377C2", "#7F7F7F"], fills);
        Assert.Contains("0_word0x0_word0x1_word0x2", svg.Texts);
        Assert.DoesNotContain("7_word7x0_word7x1_word7x2", svg.Texts);
    }

    [Fact]
    public void Render_Points_AreEachDrawnWithTheirTextAndTheMean()
    {
        Example example = new(2, 20);

        Svg svg = new(DocumentChart.Render(example.Topics, example.Labels, example.Points, example.Texts));

        XElement[] groups = [.. svg.All("g")];
        Assert.All(groups, group => Assert.Equal(21, group.Elements().Count()));
        Assert.Equal(
            example.Texts.Order(StringComparer.Ordinal),
            svg.Titles.Where(title => title.StartsWith("text", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Render_HiddenHoverAndAnnotations_LeavesThemOut()
    {
        Example example = new(2, 20);
        DocumentChartOptions options = new() { HideDocumentHover = true, HideAnnotations = true };

        Svg svg = new(DocumentChart.Render(example.Topics, example.Labels, example.Points, example.Texts, options));

        Assert.Empty(svg.Titles);
        Assert.Single(svg.Texts, text => text == "0_word0x0_word0x1_word0x2");
    }

    [Fact]
    public void Render_LongText_IsCut()
    {
        Example example = new(1, 3);
        example.Texts[0] = new string('a', 500);

        Svg svg = new(
            DocumentChart.Render(
                example.Topics, example.Labels, example.Points, example.Texts, new DocumentChartOptions { HoverLength = 10 }));

        Assert.Contains("aaaaaaaaaa…", svg.Titles);
    }

    [Fact]
    public void Render_SameInput_GivesTheSameBytes()
    {
        Example example = new(4, 150);
        DocumentChartOptions options = new() { Sample = 0.4 };

        Assert.Equal(
            DocumentChart.Render(example.Topics, example.Labels, example.Points, example.Texts, options),
            DocumentChart.Render(example.Topics, example.Labels, example.Points, example.Texts, options));
    }

    [Fact]
    public void Render_TopicsAtOneSpot_KeepsTheirNamesApart()
    {
        Example example = new(6, 20);
        Array.Fill(example.Points.Values, 3f);

        Svg svg = new(DocumentChart.Render(example.Topics, example.Labels, example.Points, null));

        double[] lines =
        [
            .. svg.All("text")
                .Where(text => text.Attribute("paint-order") is not null && text.Value.Contains("_word", StringComparison.Ordinal))
                .Select(text => Svg.Number(text, "y"))
                .Order(),
        ];
        Assert.Equal(6, lines.Length);
        Assert.All(lines.Skip(1).Zip(lines, (next, line) => next - line), gap => Assert.True(gap >= 12));
    }

    [Theory]
    [InlineData(99, 99)]
    [InlineData(100, 60)]
    [InlineData(149, 89)]
    public void Rows_Sample_AppliesToTopicsOfAHundredAndMore(int documents, int drawn)
    {
        int[] labels = new int[documents];

        int[] rows = DocumentSample.Rows(labels, 0.6, 0);

        Assert.Equal(drawn, rows.Distinct().Count());
        Assert.Equal(drawn, rows.Length);
    }

    [Fact]
    public void Rows_SeveralTopics_ComeInAscendingOrderWithOutliersLastFromOneGenerator()
    {
        int[] labels = [.. Enumerable.Range(0, 330).Select(i => (i % 3) - 1)];
        MersenneTwister random = new(5);
        int[] first = random.Permutation(110);
        int[] second = random.Permutation(110);
        int[] third = random.Permutation(110);

        int[] rows = DocumentSample.Rows(labels, 0.5, 5);

        Assert.Equal(first.Take(55).Select(i => (3 * i) + 1), rows.Take(55));
        Assert.Equal(second.Take(55).Select(i => (3 * i) + 2), rows.Skip(55).Take(55));
        Assert.Equal(third.Take(55).Select(i => 3 * i), rows.Skip(110));
    }

    [Fact]
    public void Plan_Cross_ReachesFifteenPercentOfTheEndsBeyondThePoints()
    {
        Matrix points = new(2, 2, [-2f, 4f, 10f, 8f]);

        var plan = DocumentChartPlan.Of(ChartTopics.Of(1), [0, 0], points, new DocumentChartOptions());

        Assert.Equal((-2.3f, 11.5f), plan.X);
        Assert.Equal(3.4f, plan.Y.Low, 1e-6f);
        Assert.Equal(9.2f, plan.Y.High, 1e-6f);
    }

    [Fact]
    public void Render_InputsThatDoNotFit_AreRefusedByName()
    {
        Example example = new(1, 3);

        Assert.Throws<ArgumentException>("points", () => DocumentChart.Render(example.Topics, example.Labels, new Matrix(6, 3), null));
        Assert.Throws<ArgumentException>("texts", () => DocumentChart.Render(example.Topics, example.Labels, example.Points, ["one"]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DocumentChart.Render(example.Topics, example.Labels, example.Points, null, new DocumentChartOptions { Sample = 0 }));
    }

    private sealed class Example
    {
        public Example(int topics, int documentsPerTopic)
        {
            Topics = ChartTopics.Of(topics);
            int count = (topics + 1) * documentsPerTopic;
            Labels = [.. Enumerable.Range(0, count).Select(i => (i % (topics + 1)) - 1)];
            Points = new Matrix(count, 2,
            [
                .. Enumerable.Range(0, count).SelectMany(i => new[] { (float)Math.Cos(i), (float)Math.Sin(i * 1.7) }),
            ]);
            Texts = [.. Enumerable.Range(0, count).Select(i => $"text {i}")];
        }

        public IReadOnlyList<Topic> Topics { get; }

        public int[] Labels { get; }

        public Matrix Points { get; }

        public string[] Texts { get; }
    }
}
