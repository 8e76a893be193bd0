using TopicGrpc.Cluster.Embedding;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>The bytes of a result.</summary>
public sealed class ChunkResultTests
{
    [Fact]
    public void Parse_SealedRows_ReturnsThem()
    {
        ChunkResult result = ChunkResult.Parse(Sealed())!;

        Assert.Equal(2, result.Count);
        Assert.Equal(3, result.Dimension);
        Assert.Equal((UInt128.MaxValue, true), (result.Key(1), result.IsTruncated(1)));
        Assert.Equal([4, float.NaN, -0f], result.Vector(1));
        Assert.Equal(((UInt128)7, false), (result.Key(0), result.IsTruncated(0)));
    }

    [Fact]
    public void Parse_AnyByteChanged_ReturnsNull()
    {
        byte[] bytes = Sealed();
        for (int place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 0x40;
            Assert.Null(ChunkResult.Parse(bytes));
            bytes[place] ^= 0x40;
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Null(ChunkResult.Parse(bytes[..length]));
        }
    }

    private static byte[] Sealed()
    {
        byte[] bytes = ChunkResult.Allocate(2, 3);
        ChunkResult.WriteRow(bytes, 1, UInt128.MaxValue, isTruncated: true, [4, float.NaN, -0f]);
        ChunkResult.WriteRow(bytes, 0, 7, isTruncated: false, [1, 2, 3]);
        ChunkResult.Seal(bytes);
        return bytes;
    }
}
