using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

public sealed class GivenTopicsTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TopicModel Parent => SmallModel.Instance;

    private static int TopicCount => Parent.Topics.Count - Parent.OutlierOffset;

    [Fact]
    public void Update_DocumentsMovedBetweenTopics_KeepsIdsAndTree()
    {
        string[] moved = [.. DocumentsOf(0).Take(3)];

        TopicModel model = Apply(new UpdateTopics { Topics = moved.ToDictionary(id => id, _ => 1) });

        Assert.All(moved, id => Assert.Equal(1, TopicOf(model, id)));
        Assert.Equal(Parent.Topics[Parent.OutlierOffset].Count - 3, model.Topics[model.OutlierOffset].Count);
        Assert.True(model.HasDensity);
        Assert.NotEqual(
            Parent.TopicEmbeddings.Row(Parent.OutlierOffset).ToArray(), model.TopicEmbeddings.Row(model.OutlierOffset).ToArray());
    }

    [Fact]
    public void Update_ATopicEmptied_IsGoneAndTheOthersAreNumberedBySize()
    {
        TopicModel labelled = new SetTopicLabels(
            Enumerable.Range(0, TopicCount).ToDictionary(topic => topic, topic => $"was {topic}")).Apply(Parent, [], Compute, Token);
        var moves = DocumentsOf(0).ToDictionary(id => id, _ => 1);

        TopicModel model = Apply(new UpdateTopics { Topics = moves }, labelled);

        int count = model.Topics.Count - model.OutlierOffset;
        Assert.Equal(TopicCount - 1, count);
        Assert.Equal("was 1", model.Topics[model.OutlierOffset].CustomLabel);
        Assert.Equal(count, model.Probabilities!.Columns);
        Assert.Equal(
            model.Topics.Skip(model.OutlierOffset).Select(topic => topic.Count).OrderDescending(),
            model.Topics.Skip(model.OutlierOffset).Select(topic => topic.Count));

        // The cluster of the topic that is gone stands for nothing now: a text in its midst is an outlier, as its documents would be.
        float[] vector = Parent.Layout!.TrainingRows.Row(
            Enumerable.Range(0, Parent.Assignments.Length).First(row => Parent.Assignments[row] == 2)).ToArray();
        Assert.Equal("was 2", model.Topics.Single(topic => topic.Id == model.Predict(vector, allTopics: false).TopicId).CustomLabel);
    }

    [Fact]
    public void Update_ANewTopic_IsNumberedBySizeAndPredictedByItsMean()
    {
        string[] moved = [.. DocumentsOf(0).Take(20)];

        TopicModel model = Apply(new UpdateTopics { Topics = moved.ToDictionary(id => id, _ => TopicCount) });

        Assert.Equal(TopicCount + 1, model.Topics.Count - model.OutlierOffset);
        Assert.False(model.HasDensity);
        Assert.Null(model.Probabilities);
        Assert.Single(moved.Select(id => TopicOf(model, id)).Distinct());
        Assert.Equal(20, model.Topics.Single(topic => topic.Id == TopicOf(model, moved[0])).Count);
    }

    [Fact]
    public void Update_TopicsByName_AreThoseOfTheNamesAndSurviveTheArchive()
    {
        using ArchiveFolder folder = new();
        var names = SmallModel.Documents.Select((document, row) => (document.Id, Row: row)).Where(pair => pair.Row >= 40)
            .ToDictionary(pair => pair.Id, pair => pair.Row < 100 ? "early" : "late");

        TopicModel model = Apply(new UpdateTopics { Classes = names });
        ModelArchive.Save(model, folder.Model, Token);
        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        Assert.Equal([null, "late", "early"], loaded.Topics.Select(topic => topic.CustomLabel));
        Assert.Equal([40, 140, 60], loaded.Topics.Select(topic => topic.Count));
        Assert.False(loaded.HasDensity);
        Assert.Contains(loaded.PredictByCentroid(SmallModel.Vector(7), allTopics: false).TopicId, new[] { -1, 0, 1 });
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(40)]
    public void Update_TopicThatCannotBe_IsRefused(int topic) =>
        Assert.Contains(
            "new topics must be numbered from",
            Assert.Throws<ArgumentException>(
                () => Apply(new UpdateTopics { Topics = new Dictionary<string, int> { [Parent.DocumentIds[0]] = topic } })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Update_UnknownDocument_IsRefused() =>
        Assert.Contains(
            "nowhere",
            Assert.Throws<ArgumentException>(
                () => Apply(new UpdateTopics { Topics = new Dictionary<string, int> { ["nowhere"] = 0 } })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Update_ModelWithoutVectors_CannotGetNewTopics()
    {
        TopicModel bare = new(Parent.State with { Layout = null, Clusters = null });
        UpdateTopics operation = new() { Classes = SmallModel.Documents.ToDictionary(document => document.Id, _ => "all") };

        Assert.Contains(
            "no embeddings", Assert.Throws<InvalidOperationException>(() => Apply(operation, bare)).Message, StringComparison.Ordinal);
    }

    private static TopicModel Apply(UpdateTopics operation, TopicModel? parent = null) =>
        operation.Apply(parent ?? Parent, SmallModel.Documents, Compute, Token);

    private static IEnumerable<string> DocumentsOf(int topic) => Parent.DocumentIds.Where((_, row) => Parent.Assignments[row] == topic);

    private static int TopicOf(TopicModel model, string id) =>
        model.Assignments[model.DocumentIds.Index().Single(pair => pair.Item == id).Index];
}
