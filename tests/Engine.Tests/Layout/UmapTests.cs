using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Neighbors;
using Xunit;

namespace TopicGrpc.Engine.Tests.Layout;

public sealed class UmapTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void Fit_AnyNumberOfThreads_SameBits(int components)
    {
        Matrix rows = SampleRows.Clustered(900, 24, seed: 1);
        UmapOptions options = new() { ComponentCount = components, EpochCount = 60 };

        float[] one = Fit(rows, options, threads: 1).Embedding.Values;

        Assert.Equal(one, Fit(rows, options, threads: 2).Embedding.Values);
        Assert.Equal(one, Fit(rows, options, threads: 8).Embedding.Values);
    }

    [Fact]
    public void Fit_LargerThanTheCache_AnyNumberOfThreadsSameBits()
    {
        Matrix rows = SampleRows.Clustered(900, 24, seed: 1);
        UmapOptions options = new() { ComponentCount = 10, EpochCount = 60 };

        float[] one = Fit(rows, options, threads: 1, largestInCache: 0).Embedding.Values;

        Assert.NotEqual(one, Fit(rows, options).Embedding.Values);
        Assert.Equal(one, Fit(rows, options, threads: 2, largestInCache: 0).Embedding.Values);
        Assert.Equal(one, Fit(rows, options, threads: 8, largestInCache: 0).Embedding.Values);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public void Fit_ComponentsOfTheGraph_EachRowStaysWithItsOwn(int largestInCache)
    {
        // Opposite corners share no neighbors: the graph has one component for each corner.
        Matrix rows = new(800, 8);
        Random random = new(3);
        for (int row = 0; row < rows.Rows; row++)
        {
            rows.Row(row)[row % 8] = 10f;
            foreach (ref float value in rows.Row(row))
            {
                value += 0.1f * random.NextSingle();
            }
        }

        Matrix layout = Fit(rows, new UmapOptions { ComponentCount = 4 }, largestInCache: largestInCache).Embedding;

        NeighborTable near = new NeighborSearch(new NeighborOptions { Metric = DistanceMetric.Euclidean })
            .Find(layout, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        for (int i = 0; i < near.Indices.Length; i++)
        {
            Assert.Equal(i / near.NeighborCount % 8, near.Indices[i] % 8);
        }
    }

    [Fact]
    public void Fit_AnotherSeed_AnotherLayout()
    {
        Matrix rows = SampleRows.Clustered(200, 24, seed: 2);

        Assert.NotEqual(Fit(rows, new UmapOptions { Seed = 1 }).Embedding.Values, Fit(rows, new UmapOptions { Seed = 2 }).Embedding.Values);
    }

    [Fact]
    public void Fit_Variants_LayoutIsUnchangedAndVariantsDependOnTheirSeed()
    {
        Matrix rows = SampleRows.Clustered(300, 24, seed: 5);
        UmapOptions options = new() { EpochCount = 60 };
        UmapOptions[] variants = [options with { Seed = 7, EpochCount = 30 }, options with { Seed = 8, EpochCount = 30 }];
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions { Metric = DistanceMetric.Cosine })
            .Find(rows, ComputeOptions.Default, null, TestContext.Current.CancellationToken);

        (UmapModel model, Matrix[] positions) = FitAll(threads: 1);
        (_, Matrix[] again) = FitAll(threads: 4);

        Assert.Equal(Fit(rows, options).Embedding.Values, model.Embedding.Values);
        Assert.Equal(2, positions.Length);
        Assert.NotEqual(positions[0].Values, positions[1].Values);
        Assert.Equal(positions.Select(variant => variant.Values), again.Select(variant => variant.Values));

        (UmapModel Model, Matrix[] Variants) FitAll(int threads) => new Umap(options).Fit(
            rows, neighbors, null, variants, new ComputeOptions { Threads = threads }, null, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public void Fit_Clusters_NeighborsInTheLayoutShareTheCluster(int largestInCache)
    {
        Matrix rows = SampleRows.Clustered(600, 24, seed: 3);

        Matrix layout = Fit(rows, new UmapOptions(), largestInCache: largestInCache).Embedding;

        NeighborTable near = new NeighborSearch(new NeighborOptions { Metric = DistanceMetric.Euclidean })
            .Find(layout, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        int same = 0;
        for (int i = 0; i < near.Indices.Length; i++)
        {
            same += near.Indices[i] % SampleRows.ClusterCount == i / near.NeighborCount % SampleRows.ClusterCount ? 1 : 0;
        }

        Assert.True(same >= 0.95 * near.Indices.Length, $"{same} of {near.Indices.Length}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(40)]
    public void Fit_FewRows_FinitePositions(int count)
    {
        UmapModel model = Fit(SampleRows.Clustered(count, 12, seed: 4), new UmapOptions());

        Assert.Equal(count, model.Embedding.Rows);
        Assert.All(model.Embedding.Values, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Fit_AllRowsEqual_FinitePositions()
    {
        Matrix rows = new(300, 8);
        rows.Values.AsSpan().Fill(0.25f);

        Assert.All(Fit(rows, new UmapOptions()).Embedding.Values, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    public void Fit_DisconnectedGraph_ComponentsStayApart(int components)
    {
        Matrix rows = Islands(components, size: 40);

        Matrix layout = Fit(rows, new UmapOptions { Metric = DistanceMetric.Euclidean }).Embedding;

        NeighborTable near = new NeighborSearch(new NeighborOptions { NeighborCount = 5, Metric = DistanceMetric.Euclidean })
            .Find(layout, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        int same = 0;
        for (int i = 0; i < near.Indices.Length; i++)
        {
            same += near.Indices[i] / 40 == i / near.NeighborCount / 40 ? 1 : 0;
        }

        Assert.All(layout.Values, value => Assert.True(float.IsFinite(value)));
        Assert.True(same >= 0.95 * near.Indices.Length, $"{same} of {near.Indices.Length}");
    }

    [Fact]
    public void Fit_NeighborsOfOtherRows_Refused()
    {
        Matrix rows = SampleRows.Clustered(50, 8, seed: 5);
        NeighborTable other = new(10, 2, new int[20], new float[20]);

        Assert.Throws<ArgumentException>(
            () => new Umap(new UmapOptions()).Fit(rows, other, null, ComputeOptions.Default, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        Matrix rows = SampleRows.Clustered(200, 8, seed: 6);
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions()).Find(
            rows, ComputeOptions.Default, null, TestContext.Current.CancellationToken);
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => new Umap(new UmapOptions()).Fit(rows, neighbors, null, ComputeOptions.Default, null, source.Token));
    }

    [Fact]
    public void Constructor_SettingOutOfRange_NamedInTheMessage()
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => new Umap(new UmapOptions { MinDistance = double.NaN }));

        Assert.Contains("MinDistance", exception.Message, StringComparison.Ordinal);
    }

    internal static UmapModel Fit(Matrix rows, UmapOptions options, int threads = 2, int largestInCache = int.MaxValue)
    {
        ComputeOptions compute = new() { Threads = threads };
        NeighborOptions search = new() { NeighborCount = options.NeighborCount, Metric = options.Metric };
        NeighborTable neighbors = new NeighborSearch(search).Find(rows, compute, null, TestContext.Current.CancellationToken);
        return new Umap(options, largestInCache).Fit(rows, neighbors, null, compute, null, TestContext.Current.CancellationToken);
    }

    private static Matrix Islands(int count, int size)
    {
        Matrix rows = SampleRows.Clustered(count * size, 6, seed: 7);
        for (int row = 0; row < rows.Rows; row++)
        {
            rows.Row(row)[0] += 100f * (row / size);
        }

        return rows;
    }
}
