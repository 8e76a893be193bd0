using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class DocumentMapTests
{
    [Fact]
    public void Compute_OneThreadOrTwo_GivesTheSameBits()
    {
        Matrix vectors = Vectors(120);

        Matrix one = DocumentMap.Compute(vectors, 7, new ComputeOptions { Threads = 1 }, null, TestContext.Current.CancellationToken);
        Matrix two = DocumentMap.Compute(vectors, 7, new ComputeOptions { Threads = 2 }, null, TestContext.Current.CancellationToken);

        Assert.Equal((120, 2), (one.Rows, one.Columns));
        Assert.Equal(one.Values, two.Values);
        Assert.All(one.Values, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(11)]
    public void Compute_FewDocuments_StillGivesPlaces(int count)
    {
        Matrix places = DocumentMap.Compute(Vectors(count), 7, ComputeOptions.Default, null, TestContext.Current.CancellationToken);

        Assert.Equal((count, 2), (places.Rows, places.Columns));
        Assert.All(places.Values, value => Assert.True(float.IsFinite(value)));
    }

    private static Matrix Vectors(int count)
    {
        Random random = new(3);
        return new Matrix(count, 8, [.. Enumerable.Range(0, count * 8).Select(_ => (float)random.NextDouble())]);
    }
}
