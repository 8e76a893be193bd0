using System.Runtime.Intrinsics.X86;
using FsCheck.Xunit;
using TopicGrpc.Engine.Neighbors;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class CodeProductsTests
{
    [Property]
    public void Multiply_AnyCodes_ScalarProductsOnEveryPath(int seed)
    {
        Random random = new(seed);
        int stride = CenteredCodes.Lanes * random.Next(1, 7);
        short[] left = Codes(random, stride);
        short[] right = Codes(random, stride);
        int[] expected = new int[16];
        int[] found = new int[16];

        CodeProducts.MultiplyScalar(left, right, stride, expected);

        CodeProducts.Multiply(left, right, stride, found);
        Assert.Equal(expected, found);
        if (Avx2.IsSupported)
        {
            CodeProducts.Multiply256(left, right, stride, found);
            Assert.Equal(expected, found);
        }
    }

    private static short[] Codes(Random random, int stride)
    {
        short[] codes = new short[CodeProducts.Side * stride];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (short)random.Next(-127, 128);
        }

        return codes;
    }
}
