using TopicGrpc.Engine.Clusters;
using TopicGrpc.Parity.Layout;
using Xunit;

namespace TopicGrpc.Parity.Tests.Ties;

public sealed class LayoutSettingsTests
{
    [Fact]
    public void ClusterOptions_Recording_AreThoseOfTheRecording()
    {
        using Recording recording = new Recording().AddJson("hdbscan/parameters.json", new { min_cluster_size = 8, min_samples = 3 });

        HdbscanOptions options = LayoutCheck.ClusterOptions(recording.Folder);

        Assert.Equal((8, 3), (options.MinClusterSize, options.MinSamples));
    }

    [Fact]
    public void ClusterOptions_RecordingWithoutClusters_AreBertopics()
    {
        using Recording recording = new();

        Assert.Equal(10, LayoutCheck.ClusterOptions(recording.Folder).MinClusterSize);
    }
}
