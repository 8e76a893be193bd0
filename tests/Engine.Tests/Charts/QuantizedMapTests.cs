using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class QuantizedMapTests
{
    [Fact]
    public void Of_Points_SpansTheWholeRangeOfBothAxes()
    {
        var map = QuantizedMap.Of(new Matrix(3, 2, [-2, 10, 0, 30, 2, 20]));

        Assert.Equal(((-2f, 2f), (10f, 30f), 3), (map.X, map.Y, map.Count));
        Assert.Equal<ushort>([0, 0, 32768, 65535, 65535, 32768], map.Coordinates.ToArray());
    }

    [Fact]
    public void Of_ManyPoints_IsExactToHalfAStep()
    {
        Random random = new(5);
        Matrix points = new(500, 2, [.. Enumerable.Range(0, 1000).Select(_ => (float)((random.NextDouble() * 40) - 20))]);
        var map = QuantizedMap.Of(points);
        double step = ((double)map.X.High - map.X.Low) / ushort.MaxValue;

        for (int row = 0; row < points.Rows; row++)
        {
            double x = map.X.Low + (map.Coordinates[2 * row] * step);
            Assert.InRange(x - points.Row(row)[0], -0.51 * step, 0.51 * step);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Of_EqualPointsOrNone_AreAtZero(int count)
    {
        var map = QuantizedMap.Of(new Matrix(count, 2, [.. Enumerable.Repeat(7f, 2 * count)]));

        Assert.Equal(new ushort[2 * count], map.Coordinates.ToArray());
        Assert.Equal(count == 0 ? (0f, 0f) : (7f, 7f), map.X);
    }

    [Fact]
    public void Of_ThreeColumns_IsRejected() => Assert.Throws<ArgumentException>(() => QuantizedMap.Of(new Matrix(2, 3)));
}
