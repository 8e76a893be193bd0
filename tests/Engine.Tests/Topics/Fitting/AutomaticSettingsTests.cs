using System.Globalization;
using System.Text.RegularExpressions;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class AutomaticSettingsTests
{
    private static readonly SyntheticCorpus Corpus = new();

    [Theory]
    [InlineData(20, 10)]
    [InlineData(200, 10)]
    [InlineData(1000, 20)]
    [InlineData(3119, 46)]
    [InlineData(18846, 179)]
    [InlineData(100000, 625)]
    public void ClusterSizeFor_Documents_GrowsSlowerThanThey(int documents, int expected) =>
        Assert.Equal(expected, AutomaticSettings.ClusterSizeFor(documents));

    [Fact]
    public void ForDocuments_NothingGiven_FillsInAndLeavesTheTreeItsPart()
    {
        List<SettingChoice> choices = [];

        TopicModelOptions options = AutomaticSettings.ForDocuments(AutomaticSettings.All, 3119, choices);

        Assert.Equal(20, options.Layout.NeighborCount);
        Assert.Equal(4, options.Layout.ComponentCount);
        Assert.Equal(20, options.Layout.NegativeSampleRate);
        Assert.Equal(0.25, options.Layout.RepulsionStrength);
        Assert.Equal(5, options.Clusters.MinSamples);
        Assert.Equal(46, options.Clusters.MinClusterSize);
        Assert.Equal(TopicNaming.Distinct, options.Naming);
        Assert.False(options.Weights.Bm25Weighting);
        Assert.Equal(
            AutomaticChoices.MinClusterSize | AutomaticChoices.MaxClusterSize | AutomaticChoices.StopWords | AutomaticChoices.Segmentation,
            options.Automatic);
        Assert.All(choices, choice => Assert.EndsWith(".", choice.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void ForDocuments_FewestDocuments_AsksForNoMoreNeighborsThanThereAre() =>
        Assert.Equal(4, AutomaticSettings.ForDocuments(AutomaticSettings.All, 5, []).Layout.NeighborCount);

    [Theory]
    [InlineData(20, 7, 3)]
    [InlineData(60, 7, 3)]
    [InlineData(200, 15, 3)]
    [InlineData(299, 20, 3)]
    [InlineData(300, 20, 5)]
    public void ForDocuments_SmallCorpus_FewerNeighborsAndSamples(int documents, int neighbors, int samples)
    {
        TopicModelOptions options = AutomaticSettings.ForDocuments(AutomaticSettings.All, documents, []);

        Assert.Equal(neighbors, options.Layout.NeighborCount);
        Assert.Equal(samples, options.Clusters.MinSamples);
    }

    [Fact]
    public void ForDocuments_NothingOpen_ChangesNothing()
    {
        List<SettingChoice> choices = [];
        TopicModelOptions given = new() { Clusters = new HdbscanOptions { MinClusterSize = 7 } };

        Assert.Equal(given, AutomaticSettings.ForDocuments(given, 3119, choices));
        Assert.Empty(choices);
    }

    [Fact]
    public void Fit_AutomaticSettings_FindsTheThemes()
    {
        TopicModel model = Corpus.Fit(AutomaticSettings.All);

        Assert.Equal(4, model.Report.Topics);
        Assert.Equal(AutomaticChoices.None, model.Options.Automatic);
        Assert.Equal(
            [
                "umap.n_neighbors",
                "umap.n_components",
                "umap.negative_sample_rate",
                "umap.repulsion_strength",
                "hdbscan.min_samples",
                "topic_names",
                "hdbscan.min_cluster_size",
                "hdbscan.max_cluster_size",
                "vectorizer.stop_words",
            ],
            model.Report.Choices.Select(choice => choice.Setting));
    }

    [Theory]
    [InlineData(4, 15)]
    [InlineData(8, 10)]
    [InlineData(5, 250)]
    [InlineData(12, 100)]
    [InlineData(40, 40)]
    public void Fit_PlantedGroupsOfEqualSize_FindsEachOnce(int groups, int each)
    {
        Matrix vectors = PlantedVectors.Create(groups, each);
        TopicModel model = Fit(vectors, AutomaticSettings.All);

        Assert.Equal(groups, model.Report.Topics);
        Assert.All(
            Enumerable.Range(0, vectors.Rows).GroupBy(row => row % groups),
            group => Assert.Single(group.Select(row => model.Assignments[row]).Where(topic => topic >= 0).Distinct()));
        Assert.NotEmpty(model.Report.Resolution);
        Assert.Single(model.Report.Resolution, point => point.Chosen);
    }

    [Fact]
    public void Fit_ResolvedSettingsGivenAgain_SameModelBitForBit()
    {
        TopicModel chosen = Corpus.Fit(AutomaticSettings.All);

        TopicModel copied = Corpus.Fit(chosen.Report.Settings);

        Assert.Equal(chosen.Assignments, copied.Assignments);
        Assert.Equal(chosen.Clusters!.Probabilities, copied.Clusters!.Probabilities);
        Assert.Equal(chosen.Clusters.Persistence, copied.Clusters.Persistence);
        Assert.Equal(chosen.Layout!.Embedding.Values, copied.Layout!.Embedding.Values);
        Assert.Equal(chosen.State.TermWeights.Values, copied.State.TermWeights.Values);
        Assert.Empty(copied.Report.Choices);
        Assert.Empty(copied.Report.Resolution);
    }

    [Theory]
    [InlineData(60, 50, 15)]
    [InlineData(60, 40, 30)]
    [InlineData(30, 15, 15)]
    public void Fit_NoTopics_TheRemedyOfTheWarningGivesTopics(int documents, int minClusterSize, int minSamples)
    {
        Matrix vectors = PlantedVectors.Create(5, documents / 5);
        TopicModelOptions given = new()
        {
            Layout = new() { NeighborCount = 10 },
            Clusters = new HdbscanOptions { MinClusterSize = minClusterSize, MinSamples = minSamples },
        };

        TopicModel without = Fit(vectors, given);

        FitWarning warning = Assert.Single(without.Report.Warnings, warning => warning.Code == FitWarning.NoTopics);
        Match size = Regex.Match(
            warning.Message, @"min_cluster_size (?<size>\d+) and min_samples (?<samples>\d+) give (?<topics>\d+) topics");
        Assert.True(size.Success, warning.Message);
        HdbscanOptions remedy = new()
        {
            MinClusterSize = int.Parse(size.Groups["size"].ValueSpan, CultureInfo.InvariantCulture),
            MinSamples = int.Parse(size.Groups["samples"].ValueSpan, CultureInfo.InvariantCulture),
        };
        TopicModel with = Fit(vectors, given with { Clusters = remedy });
        Assert.Equal(int.Parse(size.Groups["topics"].ValueSpan, CultureInfo.InvariantCulture), with.Report.Topics);
        Assert.True(with.Report.Topics >= 2);
    }

    [Fact]
    public void Fit_GranularityWithAGivenSize_IsRejected()
    {
        TopicModelOptions given = AutomaticSettings.All with
        {
            Granularity = Granularity.Fine,
            Automatic = AutomaticChoices.All & ~AutomaticChoices.MinClusterSize,
        };

        ArgumentException error = Assert.Throws<ArgumentException>(() => Corpus.Fit(given));

        Assert.Contains("min_cluster_size", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SomeSettingsGiven_TheyStay()
    {
        TopicModelOptions given = AutomaticSettings.All with
        {
            Clusters = new HdbscanOptions { MinClusterSize = 33, MinSamples = 9 },
            Automatic = AutomaticChoices.All & ~(AutomaticChoices.MinClusterSize | AutomaticChoices.MinSamples),
        };

        TopicModel model = Corpus.Fit(given);

        Assert.Equal(33, model.Options.Clusters.MinClusterSize);
        Assert.Equal(9, model.Options.Clusters.MinSamples);
        Assert.DoesNotContain(model.Report.Choices, choice => choice.Setting is "hdbscan.min_cluster_size" or "hdbscan.min_samples");
    }

    private static TopicModel Fit(Matrix vectors, TopicModelOptions options)
    {
        Document[] documents =
        [
            .. Enumerable.Range(0, vectors.Rows).Select(row => new Document(
                row.ToString("D5", CultureInfo.InvariantCulture), $"word{row % 7} text{row}")),
        ];
        return new TopicModelTrainer(options).Fit(
            documents,
            vectors,
            SyntheticCorpus.Embedder with { Dimension = vectors.Columns },
            ComputeOptions.Default,
            progress: null,
            TestContext.Current.CancellationToken);
    }
}
