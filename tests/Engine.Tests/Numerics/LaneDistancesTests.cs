using FsCheck.Xunit;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class LaneDistancesTests
{
    [Property]
    public void Within_AnyValues_GivesTheScalarBitsOnEveryPath(int seed)
    {
        Random random = new(seed);
        int dimensions = random.Next(1, 20);
        double[] block = Values(random, dimensions * LaneDistances.Lanes);
        double[] point = Values(random, dimensions);
        double bound = dimensions * 4.0 * random.NextDouble();
        double[] scalar = new double[LaneDistances.Lanes];
        double[] wide = new double[LaneDistances.Lanes];
        double[] half = new double[LaneDistances.Lanes];

        uint expected = LaneDistances.WithinScalar(block, point, bound, scalar);

        Assert.Equal(expected, LaneDistances.Within512(block, point, bound, wide));
        Assert.Equal(expected, LaneDistances.Within256(block, point, bound, half));
        if (expected != 0)
        {
            Assert.Equal(scalar, wide);
            Assert.Equal(scalar, half);
        }
    }

    [Property]
    public void Minimum_AnyValues_GivesTheScalarBitsOnEveryPath(int seed)
    {
        Random random = new(seed);
        int dimensions = random.Next(1, 20);
        double[] blocks = Values(random, dimensions * LaneDistances.Lanes * random.Next(0, 6));
        double[] point = Values(random, dimensions);

        double expected = LaneDistances.MinimumScalar(blocks, point);

        Assert.Equal(expected, LaneDistances.Minimum512(blocks, point));
        Assert.Equal(expected, LaneDistances.Minimum256(blocks, point));
    }

    [Property]
    public void LowerBound_AnyBox_IsAtMostTheDistanceToItsPointsOnEveryPath(int seed)
    {
        Random random = new(seed);
        int dimensions = random.Next(1, 20);
        double[] first = Values(random, dimensions);
        double[] second = Values(random, dimensions);
        double[] point = Values(random, dimensions);
        double[] low = [.. first.Zip(second, Math.Min)];
        double[] high = [.. first.Zip(second, Math.Max)];

        double scalar = KdBoxes.BoundScalar(low, high, point);
        double wide = KdBoxes.Bound256(low, high, point);

        double distance = Math.Min(Distance(first, point), Distance(second, point));
        Assert.InRange(scalar, 0, distance);
        Assert.InRange(wide, 0, distance);
        Assert.Equal(scalar, wide, 1e-12 * (1 + scalar));
    }

    private static double[] Values(Random random, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (random.NextDouble() * 4) - 2;
        }

        return values;
    }

    private static double Distance(double[] first, double[] second) => first.Zip(second, (a, b) => (a - b) * (a - b)).Sum();
}
