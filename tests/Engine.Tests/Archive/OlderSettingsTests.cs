using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

public sealed class OlderSettingsTests
{
    [Fact]
    public void Deserialize_SettingsWrittenBeforeSeedTopics_HaveNone()
    {
        JsonNode report = JsonSerializer.SerializeToNode(SmallModel.Instance.Report, ArchiveJson.Default.FitReport)!;
        JsonObject settings = report[nameof(FitReport.Settings)]!.AsObject();
        Assert.True(settings.Remove(nameof(TopicModelOptions.SeedTopics)));
        Assert.True(settings.Remove(nameof(TopicModelOptions.ZeroShotTopics)));
        Assert.True(settings[nameof(TopicModelOptions.Weights)]!.AsObject().Remove("GuidedWords"));

        TopicModelOptions read = report.Deserialize(ArchiveJson.Default.FitReport)!.Settings;

        Assert.Equal([], read.SeedTopics);
        Assert.Equal([], read.ZeroShotTopics);
        Assert.Equal([], read.Weights.GuidedWords);
        Assert.Same(read, read.Validated());
    }
}
