using FsCheck.Xunit;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class LaneDotsTests
{
    [Property]
    public void Compute_AnyShape_GivesTheBitsOfALoopOverTheRowOnEveryPath(int seed)
    {
        Random random = new(seed);
        Matrix rows = new(random.Next(0, 50), random.Next(1, 40));
        for (int row = 0; row < rows.Rows; row++)
        {
            Fill(rows.Row(row), random);
        }

        float[] vector = new float[rows.Columns];
        Fill(vector, random);
        LaneDots lanes = new(rows);
        double[] scalar = new double[rows.Rows];
        double[] wide = new double[rows.Rows];
        double[] chosen = new double[rows.Rows];

        lanes.ComputeScalar(vector, scalar);
        lanes.Compute256(vector, wide);
        lanes.Compute(vector, chosen);

        for (int row = 0; row < rows.Rows; row++)
        {
            double expected = 0;
            for (int k = 0; k < vector.Length; k++)
            {
                expected += (double)rows.Row(row)[k] * vector[k];
            }

            Assert.Equal(expected, scalar[row]);
            Assert.Equal(expected, wide[row]);
            Assert.Equal(expected, chosen[row]);
        }
    }

    [Fact]
    public void Compute_InfiniteAndUndefinedValues_StayInTheirRow()
    {
        Matrix rows = new(3, 2, [float.PositiveInfinity, 1, float.NaN, 1, 2, 3]);
        double[] dots = new double[3];

        new LaneDots(rows).Compute([1, 1], dots);

        Assert.Equal([double.PositiveInfinity, double.NaN, 5], dots);
    }

    private static void Fill(Span<float> values, Random random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4)));
        }
    }
}
