using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

public sealed class OlderSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Deserialize_SettingsWithoutAnyKey_AreTheDefaults()
    {
        JsonNode report = JsonSerializer.SerializeToNode(SmallModel.Instance.Report, ArchiveJson.FitReport)!;
        report[nameof(FitReport.Settings)] = new JsonObject();

        FitReport read = report.Deserialize(ArchiveJson.FitReport)!;

        FitReport defaults = SmallModel.Instance.Report with { Settings = new TopicModelOptions() };
        Assert.Equal(JsonSerializer.Serialize(defaults, ArchiveJson.FitReport), JsonSerializer.Serialize(read, ArchiveJson.FitReport));
        Assert.Same(read.Settings, read.Settings.Validated());
    }

    [Fact]
    public void Deserialize_SubModelsWithoutAnyKey_AreTheDefaults()
    {
        JsonNode report = JsonSerializer.SerializeToNode(SmallModel.Instance.Report, ArchiveJson.FitReport)!;
        JsonObject settings = report[nameof(FitReport.Settings)]!.AsObject();
        foreach (string key in settings.Where(setting => setting.Value is JsonObject).Select(setting => setting.Key).ToList())
        {
            settings[key] = new JsonObject();
        }

        TopicModelOptions read = report.Deserialize(ArchiveJson.FitReport)!.Settings;

        Assert.Equal(new UmapOptions(), read.Layout);
        Assert.Equal(new HdbscanOptions(), read.Clusters);
        Assert.Equal(2.0, read.Weights.SeedMultiplier);
        Assert.Equal(1, read.Words.MinNgram);
        Assert.False(read.Representations.Any);
    }

    [Fact]
    public void Load_ManifestWithoutKeys_TakesTheirDefaults()
    {
        using ArchiveFolder folder = new();
        ModelArchive.Save(SmallModel.Instance, folder.Model, Token);
        Edit(folder.File("manifest.json"), manifest =>
        {
            JsonObject options = manifest[nameof(ArchiveManifest.Options)]!.AsObject();
            Assert.True(options.Remove(nameof(TopicModelOptions.ZeroShotMinSimilarity)));
            Assert.True(options.Remove(nameof(TopicModelOptions.SeedTopics)));
            Assert.True(options.Remove(nameof(TopicModelOptions.Representations)));
            Assert.True(options[nameof(TopicModelOptions.Weights)]!.AsObject().Remove("GuidedWords"));
            Assert.True(manifest[nameof(ArchiveManifest.LayoutOptions)]!.AsObject().Remove(nameof(UmapOptions.Spread)));
        });

        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        Assert.Equal(0.7, loaded.Options.ZeroShotMinSimilarity);
        Assert.Equal([], loaded.Options.SeedTopics);
        Assert.Equal([], loaded.Options.Weights.GuidedWords);
        Assert.False(loaded.Options.Representations.Any);
        Assert.Equal(1.0, loaded.Layout!.Options.Spread);
        Assert.Equal(15, loaded.Options.Clusters.MinClusterSize);
    }

    [Fact]
    public void Load_GuidedSettings_ComeBackAsTheyWere()
    {
        using ArchiveFolder folder = new();
        TopicModelOptions options = SmallModel.Instance.Options with
        {
            SeedTopics = [["moon", "rocket"], ["drug"]],
            ZeroShotTopics = ["Space travel"],
            ZeroShotMinSimilarity = 0.35,
            Representations = new TopicRepresentations
            {
                Main = [new KeyBertInspired { CandidateCount = 40 }, new MaximalMarginalRelevance { Diversity = 0.3, WordCount = 5 }],
                Aspects = new Dictionary<string, IReadOnlyList<TopicRepresentation>> { ["plain"] = [] },
            },
        };
        ModelArchive.Save(new TopicModel(SmallModel.Instance.State with { Options = options }), folder.Model, Token);

        TopicModelOptions loaded = ModelArchive.Load(folder.Model, Token).Options;

        Assert.Equal(options.SeedTopics, loaded.SeedTopics);
        Assert.Equal(options.ZeroShotTopics, loaded.ZeroShotTopics);
        Assert.Equal(0.35, loaded.ZeroShotMinSimilarity);
        Assert.Equal(options.Representations.Main, loaded.Representations.Main);
        Assert.Equal([], loaded.Representations.Aspects["plain"]);
    }

    /// <summary>Writes a manifest as another release would have: other content, its own right digest.</summary>
    private static void Edit(string file, Action<JsonObject> edit)
    {
        JsonObject manifest = JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();
        edit(manifest);
        manifest[nameof(ArchiveManifest.Digest)] = new string('0', 64);
        string text = manifest.ToJsonString();
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        File.WriteAllText(file, text.Replace(new string('0', 64), digest, StringComparison.Ordinal));
    }
}
