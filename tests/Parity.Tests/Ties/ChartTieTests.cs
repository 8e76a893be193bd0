using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Parity.Charts;
using Xunit;

namespace TopicGrpc.Parity.Tests.Ties;

public sealed class ChartTieTests
{
    private static readonly Matrix Points = new(4, 2, [0, 0, 2, 0, 0, 2, 2, 6]);
    private static readonly DocumentTrace Ours = new("0_a", "#FF7F0E", [0, 1, 2, 3], 1, 2);

    [Fact]
    public void Differing_MeanAfterTheDocuments_IsZero()
    {
        RecordedTrace trace = Trace([2, 0, 0, 2, 1], [0, 0, 2, 6, 2], ["", "", "", "", "0_a"]);

        Assert.Equal([1.0, 2.0], trace.Mean);
        Assert.Equal(0, trace.Differing(Ours, Points));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Differing_MeanInsteadOfADocument_IsZero(bool isMarked)
    {
        RecordedTrace trace = Trace([2, 1, 0, 2], [0, 2, 2, 6], isMarked ? ["", "0_a", "", ""] : null);

        Assert.Equal([1.0, 2.0], trace.Mean);
        Assert.Equal(0, trace.Differing(Ours, Points));
    }

    [Fact]
    public void Differing_AnotherDocument_IsCounted()
    {
        RecordedTrace trace = Trace([2, 1, 0, 9], [0, 2, 2, 9], ["", "0_a", "", ""]);

        Assert.Equal(3, trace.Differing(Ours, Points));
    }

    [Fact]
    public void Differing_DocumentMissingBesideTheMean_IsCounted()
    {
        RecordedTrace trace = Trace([2, 0, 1], [0, 2, 2], ["", "", "0_a"]);

        Assert.Equal(2, trace.Differing(Ours, Points));
    }

    private static RecordedTrace Trace(double[] x, double[] y, string[]? text)
    {
        string json = JsonSerializer.Serialize(text is null ? new { name = "0_a", x, y } : (object)new { name = "0_a", x, y, text });
        using var document = JsonDocument.Parse(json);
        return new RecordedTrace(document.RootElement.Clone(), Ours);
    }
}
