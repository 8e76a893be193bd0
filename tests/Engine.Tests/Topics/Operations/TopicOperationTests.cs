using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

public sealed class TopicOperationTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit();

    /// <summary>A model with outliers: its smallest topic deleted.</summary>
    private static readonly TopicModel WithOutliers = Corpus.Apply(Model, new DeleteTopics([3]));

    [Fact]
    public void MergeTopics_TwoTopics_LeavesTheParentAlone()
    {
        int[] before = [.. Model.Assignments];

        TopicModel merged = Corpus.Apply(Model, new MergeTopics([[3, 2]]));

        Assert.Equal(before, Model.Assignments);
        Assert.Equal(Model.Topics.Count - 1, merged.Topics.Count);
        Assert.Equal(Model.Mapper.Columns + 2, merged.Mapper.Columns);
        Assert.Equal(3, merged.Probabilities!.Columns);
        Assert.Equal(Of(Model, 2).Count + Of(Model, 3).Count, merged.Topics.Max(topic => topic.Id < 0 ? 0 : topic.Count));
        Assert.Equal(0, merged.PredictByCentroid(merged.TopicEmbeddings.Row(merged.OutlierOffset), allTopics: false).TopicId);
    }

    [Fact]
    public void MergeTopics_PredictsInTheNewNumbers()
    {
        TopicModel merged = Corpus.Apply(Model, new MergeTopics([[2, 3]]));
        int row = Array.IndexOf(Model.Assignments, 2);
        int given = Corpus.Documents.Select((document, i) => (document, i)).First(pair => pair.document.Id == Model.DocumentIds[row]).i;

        Assert.Equal(merged.Assignments[row], merged.Predict(Corpus.Embeddings.Row(given), allTopics: false).TopicId);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 99)]
    [InlineData(-2, 0)]
    public void MergeTopics_BadGroup_Throws(int first, int second) =>
        Assert.Throws<ArgumentException>(() => Corpus.Apply(Model, new MergeTopics([[first, second]])));

    [Fact]
    public void ReduceTopics_ToThree_Merges()
    {
        TopicModel reduced = Corpus.Apply(Model, new ReduceTopics(TopicReduction.To(3 + Model.OutlierOffset)));

        Assert.Equal(3 + Model.OutlierOffset, reduced.Topics.Count);
        Assert.Equal(Corpus.Documents.Count, reduced.Topics.Sum(topic => topic.Count));
    }

    [Fact]
    public void ReduceTopics_ToMoreThanThereAre_ChangesNothing()
    {
        TopicModel reduced = Corpus.Apply(Model, new ReduceTopics(TopicReduction.To(50)));

        Assert.Same(Model.Assignments, reduced.Assignments);
        Assert.Same(Model.Probabilities, reduced.Probabilities);
    }

    [Fact]
    public void DeleteTopics_OneTopic_TurnsItsDocumentsIntoOutliers()
    {
        Assert.Equal(-1, WithOutliers.Topics[0].Id);
        Assert.Equal(4, WithOutliers.Topics.Count);
        for (int row = 0; row < Model.Assignments.Length; row++)
        {
            Assert.Equal(Model.Assignments[row] == 3 ? -1 : Model.Assignments[row], WithOutliers.Assignments[row]);
        }

        Assert.Equal(Of(Model, 1).Words[0].Term, Of(WithOutliers, 1).Words[0].Term);
        Assert.Equal(3, WithOutliers.Probabilities!.Columns);
    }

    [Fact]
    public void SetTopicLabels_NamesTopics_AndSurvivesAMergeOfOthers()
    {
        TopicModel named = Corpus.Apply(Model, new SetTopicLabels(new Dictionary<int, string> { [0] = "Graphics", [2] = "Space" }));

        TopicModel merged = Corpus.Apply(named, new MergeTopics([[2, 3]]));

        Assert.Equal("Graphics", Of(named, 0).CustomLabel);
        Assert.Null(Of(named, 1).CustomLabel);
        Assert.Equal(["Graphics"], merged.Topics.Select(topic => topic.CustomLabel).OfType<string>());
        Assert.Throws<ArgumentException>(() => Corpus.Apply(Model, new SetTopicLabels(new Dictionary<int, string> { [9] = "x" })));
    }

    [Fact]
    public void UpdateTopics_OtherWords_KeepsTopicsAndVectors()
    {
        TopicModel updated = Corpus.Apply(Model, new UpdateTopics { Words = new WordOptions { MaxNgram = 2 }, TopWordCount = 5 });

        Assert.Same(Model.Assignments, updated.Assignments);
        Assert.Same(Model.State.TopicCentroids, updated.State.TopicCentroids);
        Assert.Contains(updated.Vocabulary.Terms, term => term.Contains(' ', StringComparison.Ordinal));
        Assert.All(updated.Topics, topic => Assert.Equal(5, topic.Words.Count));
    }

    [Theory]
    [InlineData(OutlierStrategy.ClassTfIdf)]
    [InlineData(OutlierStrategy.Distributions)]
    public void ReduceOutliers_ByWords_KeepsOutliersThatShareNoWord(OutlierStrategy strategy)
    {
        TopicModel reduced = Corpus.Apply(WithOutliers, new ReduceOutliers(strategy));

        // The deleted topic's words occur in no other topic.
        Assert.All(
            Enumerable.Range(0, reduced.Assignments.Length).Where(row => Model.Assignments[row] == 3),
            row => Assert.Equal(-1, reduced.Assignments[row]));
        Assert.All(
            Enumerable.Range(0, reduced.Assignments.Length).Where(row => Model.Assignments[row] >= 0),
            row => Assert.Equal(WithOutliers.Assignments[row], reduced.Assignments[row]));
    }

    [Theory]
    [InlineData(OutlierStrategy.Embeddings, -1)]
    [InlineData(OutlierStrategy.Probabilities, 0)]
    public void ReduceOutliers_AllGivenAway_PredictsTopicsByTheirOwnCentroids(OutlierStrategy strategy, int least)
    {
        TopicModel reduced = Corpus.Apply(WithOutliers, new ReduceOutliers(strategy));

        Assert.True(reduced.Assignments.Count(label => label < 0) < WithOutliers.Assignments.Count(label => label < 0) + least + 1);
        for (int row = 0; row < reduced.Topics.Count; row++)
        {
            Assert.Equal(reduced.Topics[row].Id, reduced.PredictByCentroid(reduced.TopicEmbeddings.Row(row), allTopics: false).TopicId);
        }
    }

    [Fact]
    public void Apply_DocumentMissing_NamesIt()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new MergeTopics([[0, 1]])
            .Apply(Model, [.. Corpus.Documents.Skip(1)], ComputeOptions.Default, TestContext.Current.CancellationToken));

        Assert.Contains(Corpus.Documents[0].Id, problem.Message, StringComparison.Ordinal);
    }

    private static Topic Of(TopicModel model, int id) => model.Topics[id + model.OutlierOffset];
}
