using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Lineage;
using Xunit;
using static TopicGrpc.Engine.Tests.Topics.Lineage.GroupedModel;

namespace TopicGrpc.Engine.Tests.Topics.Lineage;

public sealed class TopicLineageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Continue_SameTopicsInAnyOrderAndEveryTenthDocumentMoved_KeepsAllUids(int seed)
    {
        Random random = new(seed);
        int[] documents = [.. Enumerable.Range(0, 600)];
        int[] topicOf = [.. documents.Select(document => document % 13 == 0 ? -1 : document % 12)];
        int[] order = [.. Enumerable.Range(0, 12)];
        random.Shuffle(order);
        int[] moved = [.. topicOf.Select(topic => random.Next(10) == 0 ? random.Next(-1, 12) : topic)];
        TopicModel before = Of(600, [.. Enumerable.Range(0, 12).Select(topic => documents.Where(document => topicOf[document] == topic))]);
        TopicModel after = Of(600, [.. order.Select(topic => documents.Where(document => moved[document] == topic))]);

        string[] uids = TopicLineage.Continue(after, [before]).Uids();

        Assert.Equal(order.Select(topic => before.Uids()[topic]), uids);
    }

    [Fact]
    public void Continue_TopicSplit_TheLargerHalfOfItGoesOnAndTheOtherIsNew()
    {
        TopicModel before = Of(100, Range(0, 60), Range(60, 100));
        TopicModel after = Of(100, Range(60, 100), Range(0, 35), Range(35, 60));

        string[] uids = TopicLineage.Continue(after, [before]).Uids();

        Assert.Equal(before.Uids()[1], uids[0]);
        Assert.Equal(before.Uids()[0], uids[1]);
        Assert.DoesNotContain(uids[2], before.Uids());
    }

    [Fact]
    public void Continue_TopicCutInTwoEqualHalves_NeitherTakesTheUidOver()
    {
        TopicModel before = Of(100, Range(0, 60), Range(60, 100));
        TopicModel after = Of(100, Range(0, 30), Range(30, 60), Range(60, 100));

        string[] uids = TopicLineage.Continue(after, [before]).Uids();

        Assert.DoesNotContain(before.Uids()[0], uids);
        Assert.Equal(before.Uids()[1], uids[2]);
    }

    [Fact]
    public void Continue_TopicThatTookManyOutliersIn_IsTheSame()
    {
        TopicModel before = Of(300, Range(0, 60), Range(60, 100));
        TopicModel after = Of(300, Range(60, 100), Range(0, 60).Concat(Range(100, 300)));

        Assert.Equal(before.Uids().Reverse(), TopicLineage.Continue(after, [before]).Uids());
    }

    [Fact]
    public void Continue_TopicThatNearlyAllBecameOutliers_IsNotTheSame()
    {
        TopicModel before = Of(200, Range(0, 100), Range(100, 200));
        TopicModel after = Of(200, Range(100, 200), Range(0, 19));

        string[] uids = TopicLineage.Continue(after, [before]).Uids();

        Assert.Equal(before.Uids()[1], uids[0]);
        Assert.NotEqual(before.Uids()[0], uids[1]);
    }

    [Fact]
    public void Continue_CorpusGrewTenfold_DocumentsOfBeforeDecide()
    {
        TopicModel before = Of(100, Range(0, 50), Range(50, 100));
        TopicModel after = Of(1000, Range(50, 500), Range(0, 50).Concat(Range(500, 1000)));

        Assert.Equal(before.Uids().Reverse(), TopicLineage.Continue(after, [before]).Uids());
    }

    [Fact]
    public void Continue_NoDocumentShared_TheNearestMeanVectorDecidesWhereItIsClear()
    {
        double[][] apart = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        double[][] seen = [[0, 0.2, 1], [1, 0.1, 0], [0.7, 0.7, 0]];
        TopicModel before = Of([.. Range(0, 90)], apart, Range(0, 30), Range(30, 60), Range(60, 90));
        TopicModel after = Of([.. Range(100, 190)], seen, Range(100, 130), Range(130, 160), Range(160, 190));

        string[] uids = TopicLineage.Continue(after, [before]).Uids();

        Assert.Equal(before.Uids()[2], uids[0]);
        Assert.Equal(before.Uids()[0], uids[1]);
        Assert.DoesNotContain(uids[2], before.Uids());
    }

    [Fact]
    public void Continue_OneDocumentOfHundredShared_DoesNotDecide()
    {
        double[][] apart = [[1, 0, 0], [0, 1, 0]];
        TopicModel before = Of([.. Range(0, 200)], apart, Range(0, 100), Range(100, 200));
        TopicModel after = Of([.. Range(99, 101), .. Range(300, 498)], apart, Range(300, 399).Prepend(100), Range(399, 498).Prepend(99));

        // By that one document the topics would have changed places.
        Assert.Equal(before.Uids(), TopicLineage.Continue(after, [before]).Uids());
    }

    [Fact]
    public void Continue_TwoPredecessors_TheSecondGivesWhatTheFirstDoesNotKnow()
    {
        TopicModel first = Of(100, Range(0, 50));
        TopicModel second = TopicLineage.Continue(Of(100, Range(0, 50), Range(60, 100)), [first]);
        TopicModel model = Of(100, Range(58, 100), Range(0, 49));

        string[] uids = TopicLineage.Continue(model, [first, second]).Uids();

        Assert.Equal([second.Uids()[1], first.Uids()[0]], uids);
    }

    [Fact]
    public void Continue_OwnUidTakenOverByAnother_GetsAThirdOne()
    {
        // Topic 0 of the new model is word for word what the old one was founded on, but its uid has gone on to the rest.
        TopicModel founded = Of(100, Range(0, 20));
        TopicModel grown = TopicLineage.Continue(Of(100, Range(0, 100)), [founded]);
        TopicModel model = Of(100, Range(0, 20), Range(20, 100));
        Assert.Equal(founded.Uids()[0], model.Uids()[0]);

        string[] uids = TopicLineage.Continue(model, [grown]).Uids();

        Assert.Equal(founded.Uids()[0], uids[1]);
        Assert.NotEqual(founded.Uids()[0], uids[0]);
        Assert.Equal(2, uids.Distinct().Count());
    }
}
