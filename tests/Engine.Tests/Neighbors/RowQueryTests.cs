using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Neighbors;

public sealed class RowQueryTests
{
    [Theory]
    [InlineData(DistanceMetric.Cosine, 384)]
    [InlineData(DistanceMetric.Cosine, 7)]
    [InlineData(DistanceMetric.Euclidean, 50)]
    public void Find_RandomRows_EqualsAFullScan(DistanceMetric metric, int columns)
    {
        Matrix all = SampleRows.Clustered(460, columns, seed: 1);
        Matrix rows = new(400, columns, all.Values[..(400 * columns)]);
        rows.Row(17).Clear();
        rows.Row(30).CopyTo(rows.Row(31));
        RowQuery query = new(rows, metric, 15);
        RowGeometry geometry = new(rows, metric, 1, TestContext.Current.CancellationToken);

        for (int row = 400; row < 460; row++)
        {
            ReadOnlySpan<float> values = all.Row(row);
            double square = FixedOrder.Dot(values, values);
            (double Distance, int Index)[] scan = new (double, int)[400];
            for (int other = 0; other < 400; other++)
            {
                scan[other] = (geometry.Distance(values, square, other), other);
            }

            Array.Sort(scan);
            RankedRows found = query.Find(values);
            for (int i = 0; i < 15; i++)
            {
                Assert.Equal(scan[i], (found.Distance(i), found.Index(i)));
            }
        }
    }

    [Fact]
    public void Sum_VectorKernels_EqualTheScalarOne()
    {
        Random random = new(2);
        short[] query = [.. Enumerable.Range(0, 384).Select(_ => (short)random.Next(-32767, 32768))];
        sbyte[] codes = [.. Enumerable.Range(0, 384).Select(_ => (sbyte)random.Next(-127, 128))];

        Assert.Equal(QuantizedRows.SumScalar(query, codes), QuantizedRows.Sum(query, codes));
    }
}
