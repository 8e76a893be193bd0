using TopicGrpc.Parity.Clusters;
using Xunit;

namespace TopicGrpc.Parity.Tests.Clusters;

public sealed class ClusterParityTests
{
    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Fit_RecordedLayout_EqualsTheReferenceUpToTies(string corpus) => Holds(new ClusterFitCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Replay_RecordedDendrogram_EqualsTheReference(string corpus) => Holds(new ClusterReplayCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Layers_RecordedLayout_EqualTheReferenceUpToTies(string corpus) => Holds(new LayersCheck(), corpus);

    [Fact]
    public void SelectLabels_OneGiant_IsCuredAsInTheReference() => Holds(new ClusterSelectionCheck(), "20newsgroups");

    private static void Holds(StageCheck check, string corpus)
    {
        GoldenFolder golden = GoldenData.Find(corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, [])];

        Assert.NotEmpty(measures);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}
