using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Clusters;

public sealed class ClusterLayersTests
{
    [Fact]
    public void Find_NestedGroups_HasALayerForEachLevel()
    {
        HdbscanModel model = Fit(Pairs());

        var found = ClusterLayers.Find(model, new LayerOptions { MinClusterSize = 15 }, Token);

        Assert.Equal([24, 12], found.Layers.Select(layer => layer.ClusterCount));
        Assert.Equal(1, found.MostPersistent);
        Assert.Equal(
            Enumerable.Range(0, 12).SelectMany(group => new[] { group, group }),
            found.Layers[0].Parents.Select(parent => parent.Cluster).Order());
        Assert.All(found.Layers, layer => Assert.True(layer.Labels.Count(label => label < 0) < 40));
    }

    [Fact]
    public void Find_NestedGroups_NestsEveryClusterInItsParent()
    {
        HdbscanModel model = Fit(Blobs.Create(7, 1200, 3, centers: 30));

        var found = ClusterLayers.Find(model, new LayerOptions { MaxSimilarity = 1 }, Token);

        Assert.True(found.Layers.Count > 2);
        for (int layer = 0; layer < found.Layers.Count; layer++)
        {
            ClusterLayer finer = found.Layers[layer];
            for (int cluster = 0; cluster < finer.ClusterCount; cluster++)
            {
                LayerParent parent = finer.Parents[cluster];
                Assert.InRange(parent.Layer, layer + 1, found.Layers.Count);
                if (parent.Layer < found.Layers.Count)
                {
                    int[] parents = Enumerable.Range(0, finer.Labels.Length)
                        .Where(point => finer.Labels[point] == cluster)
                        .Select(point => found.Layers[parent.Layer].Labels[point])
                        .Distinct()
                        .ToArray();
                    Assert.Equal([parent.Cluster], parents);
                }
            }
        }
    }

    [Fact]
    public void Find_HandMadeTree_HasThePersistenceOfTheDefinition()
    {
        // 6 + 4 points merge at distance 3, these 10 and 8 others at distance 7. All points of a group are at distance 1 in a chain.
        HdbscanModel model = FromChains([6, 4, 8], [3, 7]);
        LayerOptions options = new() { MinClusterSize = 2 };

        var found = ClusterLayers.Find(model, options, Token);

        // The groups of 6 and 4 are leaves from size 2 to 4; their parent and the group of 8 from 4, respectively 2, to 8.
        DistanceScale scale = model.Scale(Token);
        double inner = 4 - (2 * Math.Exp(-1 / scale.Density(3)));
        double outer = 8 - (4 * Math.Exp(-1 / scale.Density(7)));
        double other = 8 - (2 * Math.Exp(-1 / scale.Density(7)));
        Assert.Equal([2, 4, 8], found.MinClusterSizes);
        Assert.Equal((2 * inner) + other, found.TotalPersistence[0], 1e-9);
        Assert.Equal(outer + other, found.TotalPersistence[1], 1e-9);
        Assert.Equal(0, found.TotalPersistence[2]);
        Assert.Equal(3, found.Layers[0].ClusterCount);
    }

    [Fact]
    public void Find_NoSplit_HasNoLayer()
    {
        HdbscanModel model = FromChains([12], []);

        var found = ClusterLayers.Find(model, new LayerOptions(), Token);

        Assert.Empty(found.Layers);
        Assert.Equal(-1, found.MostPersistent);
    }

    [Fact]
    public void Find_RestoredModel_HasTheSameLayers()
    {
        HdbscanModel model = Fit(Blobs.Create(11, 600, 4, centers: 12));

        var fitted = ClusterLayers.Find(model, new LayerOptions(), Token);
        var restored = ClusterLayers.Find(new HdbscanModel(model.State), new LayerOptions(), Token);

        Assert.Equal(fitted.TotalPersistence, restored.TotalPersistence);
        Assert.Equal(fitted.Layers.Select(layer => layer.Strengths), restored.Layers.Select(layer => layer.Strengths));
    }

    [Theory]
    [InlineData(1, 10, 0.2)]
    [InlineData(5, 0, 0.2)]
    [InlineData(5, 33, 0.2)]
    [InlineData(5, 10, 1.5)]
    public void Find_OptionOutOfRange_IsRejected(int size, int layers, double similarity)
    {
        LayerOptions options = new() { MinClusterSize = size, MaxLayers = layers, MaxSimilarity = similarity };

        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterLayers.Find(FromChains([12], []), options, Token));
    }

    [Fact]
    public void Find_MaxLayers_KeepsTheFinestAndTheMostPersistent()
    {
        HdbscanModel model = Fit(Blobs.Create(7, 1200, 3, centers: 30));
        LayerOptions options = new() { MaxSimilarity = 1 };

        var all = ClusterLayers.Find(model, options, Token);
        var two = ClusterLayers.Find(model, options with { MaxLayers = 2 }, Token);

        Assert.Equal(2, two.Layers.Count);
        Assert.Equal(all.Layers[0].Labels, two.Layers[0].Labels);
        Assert.Equal(all.Layers.Max(layer => layer.Persistence), two.Layers[1].Persistence);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HdbscanModel Fit(Matrix points) => new Hdbscan(new HdbscanOptions { MinClusterSize = 5, MinSamples = 5 })
        .Fit(points, ComputeOptions.Default, null, Token);

    /// <summary>Chains of points at distance 1; chain i + 1 follows chain i at the given gap.</summary>
    private static HdbscanModel FromChains(int[] sizes, double[] gaps)
    {
        int points = sizes.Sum();
        float[] values = new float[points];
        int point = 0;
        double at = 0;
        for (int chain = 0; chain < sizes.Length; chain++)
        {
            for (int i = 0; i < sizes[chain]; i++)
            {
                values[point++] = (float)at;
                at += 1;
            }

            at += chain < gaps.Length ? gaps[chain] - 1 : 0;
        }

        return new Hdbscan(new HdbscanOptions { MinClusterSize = 2, MinSamples = 1 })
            .Fit(new Matrix(points, 1, values), ComputeOptions.Default, null, Token);
    }

    /// <summary>12 groups on a line, farther and farther apart, of a group of 30 and a group of 20 points each.</summary>
    private static Matrix Pairs()
    {
        const int Size = 50;
        const int First = 30;
        Random random = new(5);
        Matrix points = new(12 * Size, 2);
        for (int i = 0; i < points.Rows; i++)
        {
            int pair = i / Size;
            points.Row(i)[0] = (float)((30 * pair * pair) + (i % Size < First ? 0 : 4) + random.NextDouble());
            points.Row(i)[1] = (float)random.NextDouble();
        }

        return points;
    }
}
