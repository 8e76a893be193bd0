using System.Text.Json;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Quality;

public sealed class ModelQualityTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit(
        SyntheticCorpus.Options with { TopWordCount = 5, CoherenceMeasures = [CoherenceMeasure.Umass, CoherenceMeasure.Npmi] });

    /// <summary>The smallest topic deleted: its documents are outliers.</summary>
    private static readonly TopicModel WithOutliers = Corpus.Apply(Model, new DeleteTopics([3]));

    [Fact]
    public void Measure_FittedModel_CountsItsTopics()
    {
        ModelQuality quality = Measure(WithOutliers);
        int outliers = WithOutliers.Assignments.Count(static label => label < 0);
        int largest = WithOutliers.Assignments.Count(static label => label == 0);

        Assert.Equal(3, quality.Topics);
        Assert.Equal((double)outliers / Corpus.Documents.Count, quality.OutlierShare);
        Assert.Equal(largest, quality.LargestTopic);
        Assert.Equal((double)largest / (Corpus.Documents.Count - outliers), quality.LargestTopicShare);
        Assert.Equal(1.0, quality.Diversity);
    }

    [Fact]
    public void Measure_AskedMeasures_ComeBesideNpmi()
    {
        ModelQuality quality = Measure(Model);
        string[][] words = [.. Model.Topics.Where(topic => topic.Id >= 0).Select(topic => topic.Words.Select(word => word.Term).ToArray())];
        string[][] texts = [.. Corpus.Documents.Select(document => document.Text.Split(' '))];

        Assert.Equal([CoherenceMeasure.Npmi, CoherenceMeasure.Umass], quality.Coherence.Select(score => score.Measure));
        foreach (CoherenceScore score in quality.Coherence)
        {
            Assert.Equal([.. words.Select(topic => (double?)GensimWindows.Of(score.Measure, topic, texts))], score.PerTopic);
        }
    }

    [Fact]
    public void Measure_WithoutTexts_LacksCoherenceAlone()
    {
        ModelQuality with = Measure(Model);
        var without = QualityMeasurement
            .Measure(Model, documents: null, embeddings: null, ComputeOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal([], without.Coherence);
        Assert.Equal(with.Diversity, without.Diversity);
        Assert.Equal(with.Agreement, without.Agreement);
    }

    [Fact]
    public void Measure_TopicOfOneCluster_HasItsPersistence()
    {
        ModelQuality quality = Measure(WithOutliers);

        for (int cluster = 0; cluster < Model.Clusters!.ClusterCount; cluster++)
        {
            int topic = WithOutliers.Mapper.TopicOf(cluster);
            Assert.Equal(topic < 0 ? 0 : Model.Clusters.Persistence[cluster], topic < 0 ? 0 : quality.Persistence[topic]!.Value, 1e-12);
        }
    }

    [Fact]
    public void Measure_TopicOfTwoClusters_HasTheirMeanByDocuments()
    {
        TopicModel merged = Corpus.Apply(Model, new MergeTopics([[2, 3]]));
        int[] clusters = [.. Enumerable.Range(0, Model.Clusters!.ClusterCount).Where(cluster => Model.Mapper.TopicOf(cluster) >= 2)];
        double documents = clusters.Sum(Size);
        double expected = clusters.Sum(cluster => Size(cluster) * Model.Clusters.Persistence[cluster]) / documents;

        Assert.Equal(2, clusters.Length);
        Assert.Equal(expected, Measure(merged).Persistence[merged.Mapper.TopicOf(clusters[0])]!.Value, 1e-12);
    }

    [Fact]
    public void Measure_LabelsThatPredictNeverGives_AreCounted()
    {
        int[] assignments = [.. Model.Assignments.Select((topic, row) => row < 17 ? (topic + 1) % 4 : topic)];
        TopicModel renamed = new(Model.State with { Assignments = assignments });
        PredictionAgreement before = Measure(Model).Agreement!;
        PredictionAgreement after = Measure(renamed).Agreement!;

        Assert.Equal(Corpus.Documents.Count, before.SampleSize);
        Assert.Equal(1.0, before.Share);
        Assert.Equal(1.0 - (17.0 / after.SampleSize), after.Share, 1e-12);
    }

    [Fact]
    public void Measure_CentroidModel_IsAskedByCentroid()
    {
        TopicModel model = new(Model.State with { Layout = null, Clusters = null });

        Assert.Null(
            QualityMeasurement.Measure(
                model, Corpus.Documents, embeddings: null, ComputeOptions.Default, TestContext.Current.CancellationToken).Agreement);
        var quality = QualityMeasurement
            .Measure(model, Corpus.Documents, Model.Layout!.TrainingRows, ComputeOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(1.0, quality.Agreement!.Share);
        Assert.All(quality.Persistence, Assert.Null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Measure_AnyThreads_GivesTheSameFigures(int threads) =>
        Assert.Equal(
            Json(Measure(WithOutliers)),
            Json(
                QualityMeasurement.Measure(
                    WithOutliers,
                    [.. Corpus.Documents.Reverse()],
                    null,
                    new ComputeOptions { Threads = threads },
                    TestContext.Current.CancellationToken)));

    [Fact]
    public void Report_WithQuality_ComesBackFromTheArchive()
    {
        FitReport report = WithOutliers.Report with { Quality = Measure(WithOutliers) };
        string json = JsonSerializer.Serialize(report, ArchiveJson.FitReport);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ArchiveJson.FitReport)!, ArchiveJson.FitReport));
        Assert.Contains("\"Agreement\"", json, StringComparison.Ordinal);
    }

    private static double Size(int cluster) => Model.Clusters!.Labels.Count(label => label == cluster);

    private static ModelQuality Measure(TopicModel model) =>
        QualityMeasurement.Measure(
            model, Corpus.Documents, embeddings: null, ComputeOptions.Default, TestContext.Current.CancellationToken);

    private static string Json(ModelQuality quality) =>
        JsonSerializer.Serialize(new { quality.Diversity, quality.Coherence, quality.Persistence, quality.Agreement });
}
