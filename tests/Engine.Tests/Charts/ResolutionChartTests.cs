using System.Xml.Linq;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics.Reports;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class ResolutionChartTests
{
    private static readonly ResolutionPoint[] Points =
    [
        new(10, 0, 90, 400, 0.71, Eligible: true, Chosen: false),
        new(20, 0, 40, 300, 0.93, Eligible: true, Chosen: true),
        new(40, 500, 20, 200, 0.88, Eligible: true, Chosen: false),
        new(80, 0, 3, 0, 0.97, Eligible: false, Chosen: false),
    ];

    [Fact]
    public void Render_Points_DrawsBothCurvesWithTheChosenSizeFilled()
    {
        var svg = XDocument.Parse(ResolutionChart.Render(Points));

        XElement[] circles = [.. svg.Descendants().Where(element => element.Name.LocalName == "circle")];
        Assert.Equal(2 * Points.Length, circles.Length);
        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "polyline"));
        Assert.Equal(2, circles.Count(circle => circle.Value.Contains("chosen", StringComparison.Ordinal)));
        Assert.Contains(circles, circle => circle.Value == "min_cluster_size 20: 40 topics, 300 outliers, agreement 0.930, chosen");
        Assert.Equal(2, circles.Count(circle => circle.Value.Contains("not eligible", StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_HigherAgreement_IsHigher()
    {
        var svg = XDocument.Parse(ResolutionChart.Render(Points));
        double[] heights =
        [
            .. svg.Descendants().Where(element => element.Name.LocalName == "circle").Take(Points.Length)
                .Select(circle => (double)circle.Attribute("cy")!),
        ];

        Assert.Equal(Points.Select(point => point.Agreement).OrderDescending(), heights.Zip(Points).OrderBy(pair => pair.First)
            .Select(pair => pair.Second.Agreement));
    }

    [Fact]
    public void Render_OnePoint_IsDrawn() => Assert.Contains("circle", ResolutionChart.Render(Points[..1]), StringComparison.Ordinal);

    [Fact]
    public void Render_NoPoints_Throws() => Assert.Throws<ArgumentException>(() => ResolutionChart.Render([]));

    [Fact]
    public void Render_WidthOutOfRange_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ResolutionChart.Render(Points, new ResolutionChartOptions { Width = 100 }));
}
