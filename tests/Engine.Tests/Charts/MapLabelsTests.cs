using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Charts;

public sealed class MapLabelsTests
{
    private const double FontSize = 12;

    [Fact]
    public void Place_ManyTopics_NeverOverlapAtAnyZoom()
    {
        (IReadOnlyList<Topic> topics, int[] assignments, QuantizedMap map) = Clusters(300);

        IReadOnlyList<MapLabel> labels = MapLabels.Place(topics, assignments, map);

        Assert.True(labels.Count > 200, $"{labels.Count} of 300 topics have a label.");
        Assert.Contains(labels, static label => label.MinZoom == 0);
        Assert.Contains(labels, static label => label.MinZoom > 2);
        for (int zoom = 0; zoom <= MapLabels.MaxZoom; zoom++)
        {
            MapLabel[] drawn = [.. labels.Where(label => label.MinZoom <= zoom)];
            for (int one = 0; one < drawn.Length; one++)
            {
                for (int other = 0; other < one; other++)
                {
                    Assert.False(Overlap(drawn[one], drawn[other], map, zoom), $"{drawn[one]} and {drawn[other]} overlap at zoom {zoom}.");
                }
            }
        }
    }

    [Fact]
    public void Place_LargestTopic_IsDrawnFirstAtZoomZero()
    {
        (IReadOnlyList<Topic> topics, int[] assignments, QuantizedMap map) = Clusters(40);

        IReadOnlyList<MapLabel> labels = MapLabels.Place(topics, assignments, map);

        Assert.Equal((0, 0), (labels[0].TopicId, labels[0].MinZoom));
        Assert.DoesNotContain(labels, static label => label.TopicId < 0);
        Assert.Equal(labels.OrderBy(static label => label.TopicId), labels);
    }

    [Fact]
    public void Place_AnyOrderOfTopics_GivesTheSameLabels()
    {
        (IReadOnlyList<Topic> topics, int[] assignments, QuantizedMap map) = Clusters(60);

        Assert.Equal(MapLabels.Place(topics, assignments, map), MapLabels.Place([.. topics.Reverse()], assignments, map));
    }

    [Fact]
    public void Place_TopicsAtOnePoint_OnlyTheLargestHasALabel()
    {
        IReadOnlyList<Topic> topics = ChartTopics.Of(3);

        MapLabel label = Assert.Single(MapLabels.Place(topics, [0, 1, 2], QuantizedMap.Of(new Matrix(3, 2, [1, 1, 1, 1, 1, 1]))));

        Assert.Equal((0, "word0x0, word0x1, word0x2"), (label.TopicId, label.Text));
    }

    [Fact]
    public void Place_CustomLabel_IsTheTextAndCutIfLong()
    {
        Topic[] topics = [ChartTopics.WithWords(0, new TopicWord("orbit", 1)) with { CustomLabel = new string('x', 60) }];

        MapLabel label = Assert.Single(MapLabels.Place(topics, [0, 0], QuantizedMap.Of(new Matrix(2, 2, [0, 0, 1, 1]))));

        Assert.Equal(new string('x', 40) + "…", label.Text);
    }

    [Fact]
    public void Place_CoarserLayers_ReplaceTheTopicsThatHaveTooLittleRoom()
    {
        (IReadOnlyList<Topic> topics, int[] assignments, QuantizedMap map) = Clusters(300);
        TopicLayers layers = Layers(assignments, map, (24, 8), (4, 2));

        IReadOnlyList<MapLabel> labels = MapLabels.Place(topics, assignments, map, layers);

        for (int zoom = 0; zoom <= MapLabels.MaxZoom; zoom++)
        {
            MapLabel[] drawn = [.. labels.Where(label => label.MinZoom <= zoom && zoom <= label.MaxZoom)];
            Assert.NotEmpty(drawn);
            Assert.Single(drawn.Select(static label => label.Layer).Distinct());
            for (int one = 0; one < drawn.Length; one++)
            {
                Assert.DoesNotContain(drawn[..one], other => Overlap(drawn[one], other, map, zoom));
            }
        }

        string[] coarsestFirst = [.. labels.OrderBy(static label => label.MaxZoom).Select(static label => label.Layer).Distinct()];

        // The layer of short labels has room at the overview, so the coarsest layer is never needed.
        Assert.Equal(["coarser-1", TopicLayers.OwnName], coarsestFirst);
        Assert.All(labels, static label => Assert.InRange(label.MinZoom, 0, label.MaxZoom));
    }

    [Fact]
    public void Place_FewTopicsWithLayers_ShowsTheTopicsAtEveryZoom()
    {
        (IReadOnlyList<Topic> topics, int[] assignments, QuantizedMap map) = Clusters(2);

        IReadOnlyList<MapLabel> labels = MapLabels.Place(topics, assignments, map, Layers(assignments, map, (2, 1)));

        Assert.Equal(MapLabels.Place(topics, assignments, map), labels);
        Assert.Equal(2, labels.Count);
    }

    [Fact]
    public void Place_OtherNumberOfAssignments_IsRejected() => Assert.Throws<ArgumentException>(
        () => MapLabels.Place(ChartTopics.Of(1), [0], QuantizedMap.Of(new Matrix(2, 2))));

    /// <summary>Layers whose topics are the cells of a grid; a topic belongs to the cell of its first point.</summary>
    private static TopicLayers Layers(int[] assignments, QuantizedMap map, params (int Across, int Down)[] grids)
    {
        List<TopicLayer> coarser = [];
        foreach ((int index, (int across, int down)) in grids.Index())
        {
            int[] cells =
            [
                .. assignments.Select(topic => Array.IndexOf(assignments, topic)).Select(row =>
                    (map.Coordinates[2 * row] * across / 65_536) + (map.Coordinates[(2 * row) + 1] * down / 65_536 * across)),
            ];
            int[] used = [.. cells.Distinct().Order()];
            int[] own = [.. cells.Select(cell => Array.IndexOf(used, cell))];
            coarser.Add(new TopicLayer(
                FormattableString.Invariant($"coarser-{index + 1}"),
                10,
                [
                    .. used.Index().Select(cell => new LayerTopic(
                        cell.Index, own.Count(other => other == cell.Index), "cell", [new("cell word", 1)], "", TopicParent.None)),
                ],
                own));
        }

        return new TopicLayers(2, [], coarser, []);
    }

    private static bool Overlap(MapLabel one, MapLabel other, QuantizedMap map, int zoom)
    {
        double width = (double)map.X.High - map.X.Low;
        double height = (double)map.Y.High - map.Y.Low;
        double pixels = MapLabels.Pixels * Math.Pow(2, zoom) / ushort.MaxValue / Math.Max(width, height);
        double across = Math.Abs(one.X - other.X) * pixels * width;
        double down = Math.Abs(one.Y - other.Y) * pixels * height;
        return across < (TextWidth.Of(one.Text, FontSize) + TextWidth.Of(other.Text, FontSize)) / 2 && down < FontSize;
    }

    private static (IReadOnlyList<Topic> Topics, int[] Assignments, QuantizedMap Map) Clusters(int count)
    {
        Random random = new(11);
        List<float> points = [];
        List<int> assignments = [];
        for (int topic = 0; topic < count; topic++)
        {
            (double x, double y) = (random.NextDouble() * 20, random.NextDouble() * 8);
            for (int point = 0; point < 9; point++)
            {
                points.Add((float)(x + (random.NextDouble() * 0.2)));
                points.Add((float)(y + (random.NextDouble() * 0.2)));
                assignments.Add(topic);
            }
        }

        return (ChartTopics.Of(count), [.. assignments], QuantizedMap.Of(new Matrix(assignments.Count, 2, [.. points])));
    }
}
