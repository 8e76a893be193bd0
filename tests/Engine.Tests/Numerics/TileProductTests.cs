using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class TileProductTests
{
    private const int Depth = 37;
    private const int TileLength = TileProduct.LeftRows * TileProduct.RightRows;

    [Fact]
    public void Multiply_EveryKernel_EqualsTheScalarOne()
    {
        Random random = new(1);
        float[] left = [.. Enumerable.Range(0, Depth * TileProduct.LeftRows).Select(_ => random.NextSingle() - 0.5f)];
        float[] right = [.. Enumerable.Range(0, Depth * TileProduct.RightRows).Select(_ => random.NextSingle() - 0.5f)];
        float[] expected = new float[TileLength];
        float[] widest = new float[TileLength];
        float[] wide = new float[TileLength];
        float[] chosen = new float[TileLength];

        TileProduct.MultiplyScalar(left, right, Depth, expected);
        TileProduct.Multiply512(left, right, Depth, widest);
        TileProduct.Multiply256(left, right, Depth, wide);
        TileProduct.Multiply(left, right, Depth, chosen);

        for (int i = 0; i < TileLength; i++)
        {
            Assert.Equal(expected[i], widest[i], 1e-5f);
            Assert.Equal(expected[i], wide[i], 1e-5f);
            Assert.Equal(expected[i], chosen[i], 1e-5f);
        }
    }

    [Fact]
    public void FastPower_WholeRange_WithinItsErrorBound()
    {
        for (float x = 1e-30f; x < 1e20f; x *= 1.37f)
        {
            float power = FastPower.Raise(Vector256.Create(x), Vector256.Create(0.79f))[3];
            Assert.Equal(power, FastPower.Raise(Vector512.Create(x), Vector512.Create(0.79f))[13]);
            double expected = Math.Pow(x, 0.79f);
            Assert.InRange(power / expected, 1 - 2e-5, 1 + 2e-5);
        }
    }

    [Fact]
    public void EightBelow_ManyDraws_UniformAndInRange()
    {
        int[] counts = new int[10];
        ulong key = CounterRandom.Key(42, 7);
        for (uint counter = 0; counter < 80_000; counter += 8)
        {
            Vector256<int> drawn = CounterRandom.EightBelow(10, key, counter);
            for (int lane = 0; lane < 8; lane++)
            {
                counts[drawn[lane]]++;
            }
        }

        // The standard deviation of a count is 85.
        Assert.All(counts, count => Assert.InRange(count, 7_600, 8_400));
    }

    [Fact]
    public void Decompose_KnownMatrix_ValuesAscendingAndVectorsFit()
    {
        double[] matrix = [2, -1, 0, -1, 2, -1, 0, -1, 2];
        double[] vectors = new double[9];

        SymmetricEigen.Decompose(matrix, 3, vectors);

        Assert.Equal(2 - Math.Sqrt(2), matrix[0], 1e-12);
        Assert.Equal(2, matrix[4], 1e-12);
        Assert.Equal(2 + Math.Sqrt(2), matrix[8], 1e-12);
        Assert.Equal(vectors[0] * Math.Sqrt(2), vectors[3], 1e-12);
    }
}
