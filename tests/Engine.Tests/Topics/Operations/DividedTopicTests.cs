using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Tests.Topics.Layering;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

public sealed class DividedTopicTests
{
    private static readonly NestedCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit();

    /// <summary>Each topic has three parts.</summary>
    private static readonly TopicModel Themes = Corpus.Apply(Model, new ReduceTopics(TopicReduction.To(5 + Model.OutlierOffset)));

    [Fact]
    public void SplitTopic_ThreeParts_MakesThreeTopicsOfAllItsDocuments()
    {
        TopicModel split = Corpus.Apply(Themes, new SplitTopic(0));

        Assert.Equal(Themes.Topics.Count + 2, split.Topics.Count);
        Assert.Equal(Outliers(Themes), Outliers(split));
        int[] parts = PartsOf(Themes, 0, split);
        Assert.Equal(3, parts.Length);
        Assert.Equal(Themes.Topics[Themes.OutlierOffset].Count, parts.Sum(part => split.Topics[part + split.OutlierOffset].Count));
    }

    [Fact]
    public void SplitTopic_OtherTopics_KeepDocumentsAndUids()
    {
        TopicModel split = Corpus.Apply(Themes, new SplitTopic(1));

        foreach (Topic topic in Themes.Topics.Where(topic => topic.Id is >= 0 and not 1))
        {
            Topic same = Assert.IsType<Topic>(split.Find(topic.Uid));
            Assert.Equal(topic.Count, same.Count);
            Assert.Equal([same.Id], PartsOf(Themes, topic.Id, split));
        }

        Assert.Null(split.Find(Themes.Find(1)!.Uid));
    }

    [Fact]
    public void SplitTopic_Predictions_FindTheParts()
    {
        TopicModel split = Corpus.Apply(Themes, new SplitTopic(0));
        int same = 0;
        int documents = 0;
        for (int row = 0; row < Corpus.Documents.Count; row++)
        {
            TopicPrediction before = Themes.Predict(Corpus.Embeddings.Row(row), allTopics: true);
            TopicPrediction after = split.Predict(Corpus.Embeddings.Row(row), allTopics: true);
            Assert.Equal(after.TopicId, split.Predict(Corpus.Embeddings.Row(row), allTopics: false).TopicId);
            Assert.Equal(before.OutlierProbability, after.OutlierProbability, 1e-9);
            if (before.TopicId == 0)
            {
                Assert.Contains(after.TopicId, PartsOf(Themes, 0, split));
                documents++;
                same += split.Assignments[row] == after.TopicId ? 1 : 0;
            }
            else
            {
                Assert.Equal(before.TopicId < 0, after.TopicId < 0);
                Assert.Equal(before.Probability, after.Probability);
            }
        }

        Assert.True(same >= 0.95 * documents, $"{same} of {documents}");
    }

    [Fact]
    public void SplitTopic_Probabilities_DivideThoseOfTheTopic()
    {
        TopicModel split = Corpus.Apply(Themes, new SplitTopic(0));
        int[] parts = PartsOf(Themes, 0, split);

        for (int row = 0; row < split.Probabilities!.Rows; row++)
        {
            float sum = 0;
            foreach (int part in parts)
            {
                sum += split.Probabilities.Row(row)[part];
            }

            Assert.Equal(Themes.Probabilities!.Row(row)[0], sum, 1e-5);
        }
    }

    [Fact]
    public void SplitTopic_OfAPart_Chains()
    {
        TopicModel once = Corpus.Apply(Themes, new SplitTopic(0));
        TopicModel merged = Corpus.Apply(once, new MergeTopics([PartsOf(Themes, 0, once)]));
        TopicModel again = Corpus.Apply(merged, new SplitTopic(merged.Assignments[Array.IndexOf(Themes.Assignments, 0)]));

        Assert.Equal(2, again.State.Refinements.Count);
        Assert.Equal(once.Topics.Select(topic => topic.Count), again.Topics.Select(topic => topic.Count));
        for (int row = 0; row < Corpus.Documents.Count; row += 7)
        {
            Assert.Equal(
                once.Predict(Corpus.Embeddings.Row(row), allTopics: false).TopicId,
                again.Predict(Corpus.Embeddings.Row(row), allTopics: false).TopicId);
        }
    }

    [Fact]
    public void SplitTopic_SizeThatDoesNotSplit_NamesTopicAndSize()
    {
        string message = Assert.Throws<InvalidOperationException>(() => Corpus.Apply(Model, new SplitTopic(0, 100))).Message;

        Assert.Contains("Topic 0", message, StringComparison.Ordinal);
        Assert.Contains("100 documents", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SplitTopic_Outliers_AreRejected() =>
        Assert.Throws<ArgumentException>(() => Corpus.Apply(Model, new SplitTopic(-1)));

    [Fact]
    public void RefitOutliers_DeletedTopic_IsFoundAgain()
    {
        int last = Themes.Topics[^1].Id;
        TopicModel deleted = Corpus.Apply(Themes, new DeleteTopics([last]));

        TopicModel refit = Corpus.Apply(deleted, new RefitOutliers(25));

        Assert.True(refit.Topics.Count > deleted.Topics.Count);
        Assert.True(Outliers(refit) < Outliers(deleted));
        Assert.All(deleted.Topics.Where(topic => topic.Id >= 0), topic => Assert.Equal(topic.Count, refit.Find(topic.Uid)!.Count));
        int found = 0;
        for (int row = 0; row < Corpus.Documents.Count; row++)
        {
            int before = deleted.Predict(Corpus.Embeddings.Row(row), allTopics: false).TopicId;
            int after = refit.Predict(Corpus.Embeddings.Row(row), allTopics: false).TopicId;
            Assert.True(before < 0 || refit.Topics[after + refit.OutlierOffset].Uid == deleted.Find(before)!.Uid);
            found += before < 0 && after >= 0 && after == refit.Assignments[row] ? 1 : 0;
        }

        Assert.True(found > 60, $"{found}");
    }

    [Fact]
    public void RefitOutliers_NoOutliers_IsRejected()
    {
        TopicModel none = Model.OutlierOffset == 0 ? Model : Corpus.Apply(Model, new ReduceOutliers(OutlierStrategy.Embeddings));

        Assert.Throws<InvalidOperationException>(() => Corpus.Apply(none, new RefitOutliers()));
    }

    [Fact]
    public void Save_DividedModel_PredictsAsBefore()
    {
        TopicModel split = Corpus.Apply(Themes, new SplitTopic(0));
        using ArchiveFolder folder = new();
        ModelArchive.Save(split, folder.Model, CancellationToken.None);

        TopicModel loaded = ModelArchive.Load(folder.Model, CancellationToken.None);

        Assert.Equal(split.Mapper.Values, loaded.Mapper.Values);
        Assert.Equal(split.Layers!.Finer.Select(layer => layer.Assignments), loaded.Layers!.Finer.Select(layer => layer.Assignments));
        Assert.Equal(split.Layers.Coarser.Select(layer => layer.Assignments), loaded.Layers.Coarser.Select(layer => layer.Assignments));
        Assert.Equal(
            split.Layers.Finer.SelectMany(layer => layer.Topics).Select(topic => (topic.Uid, topic.Name, topic.Parent)),
            loaded.Layers.Finer.SelectMany(layer => layer.Topics).Select(topic => (topic.Uid, topic.Name, topic.Parent)));
        for (int row = 0; row < Corpus.Documents.Count; row += 5)
        {
            TopicPrediction expected = split.Predict(Corpus.Embeddings.Row(row), allTopics: true);
            TopicPrediction actual = loaded.Predict(Corpus.Embeddings.Row(row), allTopics: true);
            Assert.Equal(expected.TopicProbabilities, actual.TopicProbabilities);
            Assert.Equal(
                split.Path(Corpus.Embeddings.Row(row), expected.TopicId), loaded.Path(Corpus.Embeddings.Row(row), actual.TopicId));
        }
    }

    private static int Outliers(TopicModel model) => model.Assignments.Count(topic => topic < 0);

    private static int[] PartsOf(TopicModel before, int topic, TopicModel after) =>
    [
        .. Enumerable.Range(0, before.Assignments.Length)
            .Where(row => before.Assignments[row] == topic)
            .Select(row => after.Assignments[row])
            .Distinct()
            .Order(),
    ];
}
