using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

public sealed class MergeModelsTests
{
    private static readonly TopicModel Base = SketchedModel.Create(
        "b", outliers: true, ("noise", [0.5, 0.5, -1], 2), ("cars", [1, 0, 0], 5), ("space", [0, 1, 0], 3));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Apply_SimilarAndNewTopics_JoinAndAreAdded()
    {
        TopicModel other = SketchedModel.Create(
            "a", outliers: true, ("junk", [0, 0, -1], 1), ("health", [0, 0, 1], 4), ("engines", [1, 0.2, 0], 2));

        TopicModel merged = new MergeModels().Apply([Base, other], Token);

        Assert.Equal(["-1_noise", "0_cars", "1_space", "2_health"], merged.Topics.Select(topic => topic.Name));
        Assert.Equal([3, 7, 3, 4], merged.Topics.Select(topic => topic.Count));
        Assert.Equal(["a000", "a001", "a002", "a003", "a004", "a005", "a006", "b000", "b001", "b002"], merged.DocumentIds.Take(10));
        Assert.Equal([-1, 2, 2, 2, 2, 0, 0, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1], merged.Assignments);
        Assert.Equal(17, merged.Report.Documents);
    }

    [Fact]
    public void Apply_SameIdsInBothWithPrefixes_StayApart()
    {
        TopicModel other = SketchedModel.Create("b", outliers: false, ("cars", [1, 0, 0], 2));

        TopicModel merged = new MergeModels(IdPrefixes: ["one/", "two/"]).Apply([Base, other], Token);

        Assert.Equal(12, merged.DocumentIds.Count);
        Assert.Equal(["one/b000", "two/b000"], merged.DocumentIds.Where(id => id.EndsWith("/b000", StringComparison.Ordinal)));
        Assert.Equal([2, 7, 3], merged.Topics.Select(topic => topic.Count));
        Assert.Throws<ArgumentException>(() => new MergeModels().Apply([Base, other], Token));
        Assert.Throws<ArgumentException>(() => new MergeModels(IdPrefixes: ["one/"]).Apply([Base, other], Token));
    }

    [Fact]
    public void Apply_AddedTopic_IsPredictedByCentroid()
    {
        TopicModel other = SketchedModel.Create("a", outliers: false, ("health", [0, 0, 1], 4));

        TopicModel merged = new MergeModels().Apply([Base, other], Token);

        Assert.False(merged.HasDensity);
        Assert.Equal(2, merged.PredictByCentroid([0, 0.1f, 1], allTopics: false).TopicId);
        Assert.Equal(0, merged.PredictByCentroid([1, 0, 0], allTopics: false).TopicId);
    }

    [Fact]
    public void Apply_RepresentativeDocuments_PointAtTheirNewRows()
    {
        TopicModel other = SketchedModel.Create("a", outliers: false, ("health", [0, 0, 1], 4));

        TopicModel merged = new MergeModels().Apply([Base, other], Token);

        Assert.All(
            merged.Topics.SelectMany(topic => topic.RepresentativeDocuments),
            document => Assert.Equal(document.Id, merged.DocumentIds[document.Row]));
    }

    [Fact]
    public void Apply_OnlyALaterModelHasOutliers_TheyStayOutliers()
    {
        TopicModel first = SketchedModel.Create("b", outliers: false, ("cars", [1, 0, 0], 2));
        TopicModel other = SketchedModel.Create("a", outliers: true, ("junk", [0, 0, -1], 3), ("space", [0, 0.1, -1], 1));

        TopicModel merged = new MergeModels().Apply([first, other], Token);

        // The outliers of the second model are no topic of the first, so a topic near them is new all the same.
        Assert.Equal(["-1_junk", "0_cars", "1_space"], merged.Topics.Select(topic => topic.Name));
        Assert.Equal([3, 2, 1], merged.Topics.Select(topic => topic.Count));
    }

    [Fact]
    public void Apply_TopicNearTheBaseOutliers_JoinsThemAsInTheReference()
    {
        TopicModel other = SketchedModel.Create("a", outliers: false, ("odd", [0.5, 0.5, -1], 4));

        TopicModel merged = new MergeModels().Apply([Base, other], Token);

        Assert.Equal(3, merged.Topics.Count);
        Assert.Equal(6, merged.Topics[0].Count);
    }

    [Fact]
    public void Apply_HigherThreshold_AddsWhatALowerOneJoins()
    {
        TopicModel other = SketchedModel.Create("a", outliers: false, ("engines", [1, 0.2, 0], 2));

        Assert.Equal(3, new MergeModels(0.7).Apply([Base, other], Token).Topics.Count);
        Assert.Equal(4, new MergeModels(0.99).Apply([Base, other], Token).Topics.Count);
    }

    [Fact]
    public void Apply_ThreeModels_ComparesWithTopicsAddedBefore()
    {
        TopicModel second = SketchedModel.Create("a", outliers: false, ("health", [0, 0, 1], 4));
        TopicModel third = SketchedModel.Create("c", outliers: false, ("doctors", [0, 0.1, 1], 6));

        TopicModel merged = new MergeModels().Apply([Base, second, third], Token);

        Assert.Equal(4, merged.Topics.Count);
        Assert.Equal(10, merged.Topics[3].Count);
    }

    [Fact]
    public void Apply_ThenUpdateTopicsWithAllDocuments_HasWordsAgain()
    {
        TopicModel other = SketchedModel.Create("a", outliers: false, ("health", [0, 0, 1], 4));
        TopicModel merged = new MergeModels().Apply([Base, other], Token);
        Document[] documents =
        [
            .. merged.DocumentIds.Select((id, row) => new Document(id, merged.Assignments[row] == 2 ? "doctor patient" : "anything else")),
        ];

        TopicModel updated = new UpdateTopics().Apply(merged, documents, new ComputeOptions { Threads = 1 }, Token);

        Assert.Equal(["doctor", "patient"], updated.Topics[3].Words.Take(2).Select(word => word.Term));
        Assert.Equal(merged.State.TopicCentroids, updated.State.TopicCentroids);
    }

    [Fact]
    public void Apply_DocumentInTwoModels_IsRefused() =>
        Assert.Contains(
            "b000", Assert.Throws<ArgumentException>(() => new MergeModels().Apply([Base, Base], Token)).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_OneModel_IsRefused() => Assert.Throws<ArgumentException>(() => new MergeModels().Apply([Base], Token));

    [Fact]
    public void Apply_OtherEncoder_IsRefused()
    {
        TopicModel other = SketchedModel.Create("a", outliers: false, ("health", [0, 0, 1], 4));
        TopicModel foreign = new(other.State with { Embedder = other.Embedder with { Sha256 = new string('b', 64) } });

        Assert.Contains(
            "encoder",
            Assert.Throws<ArgumentException>(() => new MergeModels().Apply([Base, foreign], Token)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Apply_ThresholdOutOfRange_IsRefused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new MergeModels(threshold).Apply([Base, SketchedModel.Create("a", outliers: false, ("x", [0, 0, 1], 1))], Token));
}
