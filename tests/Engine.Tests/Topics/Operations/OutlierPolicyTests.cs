using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

public sealed class OutlierPolicyTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit();
    private static readonly TopicModel WithOutliers = Corpus.Apply(Model, new DeleteTopics([3]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Fit_PolicyAll_AssignsTheDocumentsWithoutAClass()
    {
        var topics = Corpus.Documents.Index().Where(pair => pair.Index < 60 || pair.Index is >= 70 and < 105)
            .ToDictionary(pair => pair.Item.Id, pair => pair.Index < 60 ? "cards" : "hockey");
        FitInput input = Corpus.Input with { Guidance = new TopicGuidance { ManualTopics = topics } };
        TopicModelOptions options = SyntheticCorpus.Options with { CalculateProbabilities = false };

        TopicModel kept = Fit(input, options);
        TopicModel all = Fit(input, options with { OutlierPolicy = OutlierPolicy.All });
        TopicModel near = Fit(input, options with { OutlierPolicy = OutlierPolicy.Nearest, OutlierMinSimilarity = 0.9 });

        Assert.Equal(75, kept.Topics[0].Count);
        Assert.Equal([0, 1], all.Topics.Select(topic => topic.Id));
        Assert.Equal(-1, near.Topics[0].Id);
        Assert.InRange(near.Topics[0].Count, 1, 74);
        Assert.Equal(0, all.Report.Outliers);
    }

    [Theory]
    [InlineData(OutlierStrategy.Embeddings, 0.0)]
    [InlineData(OutlierStrategy.Embeddings, 0.2)]
    [InlineData(OutlierStrategy.Probabilities, 0.0)]
    public void ReduceOutliers_Predictions_AgreeWithTheAssignments(OutlierStrategy strategy, double threshold)
    {
        TopicModel reduced = Corpus.Apply(WithOutliers, new ReduceOutliers(strategy, threshold));

        int equal = 0;
        int asNew = 0;
        for (int i = 0; i < Corpus.Documents.Count; i++)
        {
            TopicQuestion question = new(ByCentroid: false, AllTopics: false, TextFingerprint.Of(Corpus.Documents[i].Text));
            equal += reduced.Answer(Corpus.Embeddings.Row(i), question).Prediction.TopicId == reduced.Assignments[Row(i)] ? 1 : 0;
            asNew += reduced.Answer(Corpus.Embeddings.Row(i), question with { AsNew = true }).Prediction.TopicId
                == reduced.Assignments[Row(i)] ? 1 : 0;
        }

        Assert.Equal(Corpus.Documents.Count, equal);
        Assert.True(strategy != OutlierStrategy.Embeddings || asNew >= 0.98 * Corpus.Documents.Count);
        Assert.NotEqual(OutlierPolicy.Keep, reduced.Options.OutlierPolicy);
    }

    [Fact]
    public void ReduceOutliers_ByEmbeddings_NewTextsFollowTheSameThreshold()
    {
        TopicModel reduced = Corpus.Apply(WithOutliers, new ReduceOutliers(OutlierStrategy.Embeddings, 0.15));

        Assert.Equal((OutlierPolicy.Nearest, 0.15), (reduced.Options.OutlierPolicy, reduced.Options.OutlierMinSimilarity));
    }

    [Fact]
    public void ReduceOutliers_ByWordsWithoutEffect_KeepsThePolicy()
    {
        TopicModel reduced = Corpus.Apply(WithOutliers, new ReduceOutliers(OutlierStrategy.ClassTfIdf));

        Assert.Equal(WithOutliers.Assignments, reduced.Assignments);
        Assert.Equal(OutlierPolicy.Keep, reduced.Options.OutlierPolicy);
    }

    [Fact]
    public void DeleteTopics_UnderPolicyAll_MovesTheDocumentsToTheNearestTopic()
    {
        TopicModel all = new(Model.State with { Options = Model.Options with { OutlierPolicy = OutlierPolicy.All } });

        TopicModel left = Corpus.Apply(all, new DeleteTopics([3]));

        Assert.DoesNotContain(-1, left.Assignments);
        Assert.Equal(Corpus.Documents.Count, left.Topics.Sum(topic => topic.Count));
        Assert.Equal(3, left.Topics.Count);
        Assert.Equal(Model.Find(1)!.Uid, left.Find(1)!.Uid);
    }

    [Fact]
    public void UpdatePredictions_PolicyAll_AssignsOutliersAndKeepsTheOtherSettings()
    {
        TopicModel updated = Corpus.Apply(WithOutliers, new UpdatePredictions { OutlierPolicy = OutlierPolicy.All });

        Assert.DoesNotContain(-1, updated.Assignments);
        Assert.All(
            Enumerable.Range(0, updated.Assignments.Length).Where(row => WithOutliers.Assignments[row] >= 0),
            row => Assert.Equal(WithOutliers.Assignments[row], updated.Assignments[row]));
        Assert.Equal(WithOutliers.Options.NoveltyThreshold, updated.Options.NoveltyThreshold);
        Assert.Empty(updated.Report.Warnings);
    }

    [Fact]
    public void UpdatePredictions_Threshold_ChangesNothingElse()
    {
        TopicModel updated = Corpus.Apply(WithOutliers, new UpdatePredictions { NoveltyThreshold = 0.2 });

        Assert.Same(WithOutliers.Assignments, updated.Assignments);
        Assert.Equal(0.2, updated.Options.NoveltyThreshold);
        Assert.Equal(OutlierPolicy.Keep, updated.Options.OutlierPolicy);
    }

    [Fact]
    public void UpdatePredictions_WithoutDocuments_AppliesToNewTextsAndWarns()
    {
        TopicModel updated = new UpdatePredictions { OutlierPolicy = OutlierPolicy.All }
            .Apply(WithOutliers, [], ComputeOptions.Default, Token);

        Assert.Same(WithOutliers.Assignments, updated.Assignments);
        Assert.Equal(FitWarning.OutliersKept, updated.Report.Warnings.Single().Code);
        float[] vector = [.. Corpus.Embeddings.Row(169)];
        vector[5] += 1e-3f;
        Assert.True(updated.Answer(vector, new TopicQuestion(ByCentroid: true, AllTopics: false, Text: null)).Prediction.TopicId >= 0);
    }

    [Theory]
    [InlineData(-1.1, 0.5)]
    [InlineData(0.5, 1.1)]
    public void UpdatePredictions_OutOfRange_Throws(double similarity, double threshold) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Corpus.Apply(Model, new UpdatePredictions { OutlierMinSimilarity = similarity, NoveltyThreshold = threshold }));

    [Fact]
    public void Load_Policy_ComesBack()
    {
        TopicModelOptions options = Model.Options with
        {
            OutlierPolicy = OutlierPolicy.Nearest,
            OutlierMinSimilarity = 0.45,
            NoveltyThreshold = 0.01,
        };
        using ArchiveFolder folder = new();
        ModelArchive.Save(new TopicModel(Model.State with { Options = options }), folder.Model, Token);

        TopicModelOptions loaded = ModelArchive.Load(folder.Model, Token).Options;

        Assert.Equal(
            (OutlierPolicy.Nearest, 0.45, 0.01), (loaded.OutlierPolicy, loaded.OutlierMinSimilarity, loaded.NoveltyThreshold));
    }

    private static TopicModel Fit(FitInput input, TopicModelOptions options) =>
        new TopicModelTrainer(options).Fit(input, ComputeOptions.Default, progress: null, Token);

    private static int Row(int document) =>
        ((string[])WithOutliers.DocumentIds).AsSpan().BinarySearch(Corpus.Documents[document].Id, StringComparer.Ordinal);
}
