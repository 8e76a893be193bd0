using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Neighbors;
using Xunit;

namespace TopicGrpc.Engine.Tests.Layout;

public sealed class TransformTests
{
    private static readonly UmapOptions Options = new() { ComponentCount = 5, EpochCount = 90 };

    [Fact]
    public void Transform_TrainingRow_ItsOwnPosition()
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(400, 24, seed: 1), Options);
        float[] position = new float[5];

        for (int row = 0; row < 400; row++)
        {
            model.Transform(model.TrainingRows.Row(row), position);
            Assert.Equal(model.Embedding.Row(row).ToArray(), position);
        }
    }

    [Fact]
    public void Transform_AloneOrInAnyBatch_SameBits()
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(400, 24, seed: 2), Options);
        Matrix queries = SampleRows.Clustered(64, 24, seed: 3);
        float[][] alone = [.. Enumerable.Range(0, 64).Select(row => Place(model, queries, row))];
        float[][] together = new float[64][];

        Parallel.For(0, 64, row => together[row] = Place(model, queries, row));

        Assert.Equal(alone, together);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void Place_FewPreparedSamples_SameBits(int prepared)
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(400, 24, seed: 12), Options);
        Matrix queries = SampleRows.Clustered(30, 24, seed: 13);
        Placement<Point8> placement = new(model, prepared);
        float[] position = new float[5];

        for (int row = 0; row < 30; row++)
        {
            placement.Place(queries.Row(row), position);
            Assert.Equal(Place(model, queries, row), position);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Place_SeveralTogether_SameBitsAsAlone(int count)
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(400, 24, seed: 14), Options);
        Matrix queries = SampleRows.Clustered(count, 24, seed: 15);
        RankedRows[] nearest = [.. Enumerable.Range(0, count).Select(static _ => new RankedRows(0))];
        if (count > 2)
        {
            // A training row does not move, and a row that is not finite has no neighbors.
            model.TrainingRows.Row(3).CopyTo(queries.Row(1));
            queries.Row(4)[0] = float.NaN;
        }

        Matrix positions = new(count, 5);
        for (int start = 0; start < count; start += 4)
        {
            int[] group = [.. Enumerable.Range(start, Math.Min(4, count - start))];
            model.FindNeighbors(queries, group, nearest.AsSpan(start, group.Length));
        }

        model.Place(nearest, positions);

        for (int row = 0; row < count; row++)
        {
            float[] expected = count > 2 && row == 4 ? [.. Enumerable.Repeat(float.NaN, 5)] : Place(model, queries, row);
            Assert.Equal(expected, positions.Row(row).ToArray());
        }
    }

    [Fact]
    public void Transform_ModelRebuiltFromItsParts_SameBits()
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(300, 24, seed: 4), Options);
        UmapModel rebuilt = new(model.Options, model.A, model.B, model.TrainingRows, model.Embedding);
        Matrix queries = SampleRows.Clustered(8, 24, seed: 5);

        Assert.All(Enumerable.Range(0, 8), row => Assert.Equal(Place(model, queries, row), Place(rebuilt, queries, row)));
    }

    [Fact]
    public void Transform_RowNearACluster_LandsInIt()
    {
        Matrix all = SampleRows.Clustered(500, 24, seed: 6);
        Matrix training = new(450, 24, all.Values[..(450 * 24)]);
        UmapModel model = UmapTests.Fit(training, Options);

        for (int row = 450; row < 500; row++)
        {
            float[] position = Place(model, all, row);
            int nearest = Enumerable.Range(0, 450).MinBy(
                other => System.Numerics.Tensors.TensorPrimitives.Distance<float>(position, model.Embedding.Row(other)));
            Assert.Equal(row % SampleRows.ClusterCount, nearest % SampleRows.ClusterCount);
        }
    }

    [Fact]
    public void Transform_AfterTheFirstCall_AllocatesNothing()
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(300, 24, seed: 7), Options);
        Matrix queries = SampleRows.Clustered(20, 24, seed: 8);
        float[] position = new float[5];
        model.Transform(queries.Row(0), position);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 1; row < 20; row++)
        {
            model.Transform(queries.Row(row), position);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Transform_ZeroVector_FinitePosition()
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(300, 24, seed: 9), Options);

        Assert.All(Place(model, new Matrix(1, 24), 0), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Transform_ModelOfVeryFewRows_FinitePosition(int count)
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(count, 24, seed: 10), Options);

        Assert.All(Place(model, SampleRows.Clustered(3, 24, seed: 11), 2), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Transform_WrongInput_Refused()
    {
        UmapModel model = UmapTests.Fit(SampleRows.Clustered(100, 24, seed: 12), Options);
        float[] notFinite = new float[24];
        notFinite[7] = float.NaN;

        Assert.Throws<ArgumentException>(() => model.Transform(new float[23], new float[5]));
        Assert.Throws<ArgumentException>(() => model.Transform(new float[24], new float[4]));
        Assert.Throws<ArgumentException>(() => model.Transform(notFinite, new float[5]));
    }

    private static float[] Place(UmapModel model, Matrix queries, int row)
    {
        float[] position = new float[model.Embedding.Columns];
        model.Transform(queries.Row(row), position);
        return position;
    }
}
