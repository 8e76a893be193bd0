using System.Globalization;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Comparison;
using TopicGrpc.Engine.Topics.Lineage;
using Xunit;
using static TopicGrpc.Engine.Tests.Topics.Lineage.GroupedModel;

namespace TopicGrpc.Engine.Tests.Topics.Comparison;

public sealed class ModelComparisonTests
{
    [Fact]
    public void Create_TopicsRenumbered_AreAllKept()
    {
        TopicModel older = Of(120, Range(0, 40), Range(40, 70), Range(70, 100));
        TopicModel newer = TopicLineage.Continue(Of(120, Range(70, 100), Range(0, 40), Range(40, 70)), [older]);

        ModelComparison comparison = Compare(older, newer);

        Assert.Equal(["0-1 Kept", "1-2 Kept", "2-0 Kept"], Lines(comparison));
        Assert.Equal((120, 1.0, 1.0), (comparison.SharedDocuments, comparison.AdjustedRandIndex, comparison.UidStability));
        Assert.All(comparison.Matches, static match => Assert.Equal(1.0, match.DocumentOverlap));
        Assert.All(comparison.Matches, static match => Assert.Equal(match.Before!.Uid, match.After!.Uid));
    }

    [Fact]
    public void Create_OneSplitTwoMergedOneAddedOneRemoved_SaysSo()
    {
        TopicModel older = Of(300, Range(0, 60), Range(60, 100), Range(100, 130), Range(130, 150));
        TopicModel newer = Of(300, Range(60, 130), Range(0, 36), Range(36, 60), Range(200, 220));

        // Backwards each split is a merge and each merge a split; the numbers happen to be the same.
        string[] expected = ["0-1 Split", "0-2 Split", "1-0 Merged", "2-0 Merged", "3-  Removed", " -3 Added"];
        Assert.Equal(expected, Lines(Compare(older, newer)));
        Assert.Equal(expected, Lines(Compare(newer, older)));
    }

    [Fact]
    public void Create_TopicThatGaveAndTook_GoesByTheLargerPart()
    {
        TopicModel older = Of(200, Range(0, 100), Range(100, 120));
        TopicModel newer = Of(200, Range(0, 60).Concat(Range(100, 120)), Range(60, 100));

        Assert.Equal(["0-0 Split", "0-1 Split", "1-0 Merged"], Lines(Compare(older, newer)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Create_AnyTwoModels_ListsEveryTopicAndNoPairTwice(int seed)
    {
        Random random = new(seed);
        int[] first = [.. Enumerable.Range(0, 400).Select(_ => random.Next(-1, 9))];
        int[] second = [.. first.Select(topic => random.Next(4) == 0 ? random.Next(-1, 7) : topic / 2)];
        TopicModel older = Of(400, Groups(first));
        TopicModel newer = TopicLineage.Continue(Of(400, Groups(second)), [older]);

        ModelComparison comparison = Compare(older, newer);

        Assert.Equal(
            older.Uids().Order(),
            comparison.Matches.Where(static match => match.Before is not null)
                .Select(static match => match.Before!.Uid)
                .Distinct()
                .Order());
        Assert.Equal(
            newer.Uids().Order(),
            comparison.Matches.Where(static match => match.After is not null).Select(static match => match.After!.Uid).Distinct().Order());
        Assert.Equal(
            comparison.Matches.Count, comparison.Matches.Select(static match => (match.Before?.Id, match.After?.Id)).Distinct().Count());
        Assert.Equal(AdjustedRandIndex.Compute(first, second), comparison.AdjustedRandIndex);
    }

    [Fact]
    public void Create_HalfOfTheDocumentsShared_CountsThoseAlone()
    {
        TopicModel older = Of([.. Range(0, 100)], null, Range(0, 50), Range(50, 100));
        TopicModel newer = TopicLineage.Continue(Of([.. Range(25, 150)], null, Range(25, 60), Range(60, 150)), [older]);

        ModelComparison comparison = Compare(older, newer);

        Assert.Equal(75, comparison.SharedDocuments);
        Assert.Equal(65 / 75.0, comparison.UidStability);
        Assert.Equal((25, 25 / 35.0), (comparison.Matches[0].SharedDocuments, comparison.Matches[0].DocumentOverlap));
    }

    [Fact]
    public void Create_NoDocumentShared_HasNoFiguresOfDocuments()
    {
        double[][] directions = [[1, 0, 0], [0, 1, 0]];
        TopicModel older = Of([.. Range(0, 40)], directions, Range(0, 20), Range(20, 40));
        TopicModel newer = Of([.. Range(50, 90)], [.. directions.Reverse()], Range(50, 70), Range(70, 90));

        ModelComparison comparison = Compare(older, newer);

        Assert.Equal(["0-1 Kept", "1-0 Kept"], Lines(comparison));
        Assert.Null(comparison.AdjustedRandIndex);
        Assert.Null(comparison.UidStability);
        Assert.All(comparison.Matches, static match => Assert.Equal(1.0, match.CentroidSimilarity!.Value, 12));
    }

    [Fact]
    public void Create_FittedModelWithItself_IsAlikeInWordsToo()
    {
        ModelComparison comparison = Compare(SmallModel.Instance, SmallModel.Instance);

        Assert.Equal(SmallModel.Instance.Uids().Length, comparison.Matches.Count);
        Assert.All(
            comparison.Matches,
            static match =>
                Assert.Equal(
                    (TopicChange.Kept, 1.0, 1.0),
                    (match.Change, Math.Round(match.TermSimilarity!.Value, 12), Math.Round(match.CentroidSimilarity!.Value, 12))));
    }

    private static ModelComparison Compare(TopicModel older, TopicModel newer) =>
        ModelComparison.Create(older, newer, TestContext.Current.CancellationToken);

    private static IEnumerable<int>[] Groups(int[] labels) =>
        [
            .. Enumerable
                .Range(0, labels.Max() + 1)
                .Select(topic => Enumerable.Range(0, labels.Length).Where(document => labels[document] == topic)),
        ];

    private static IEnumerable<string> Lines(ModelComparison comparison) =>
        comparison.Matches.Select(static match => $"{Number(match.Before)}-{Number(match.After)} {match.Change}");

    private static string Number(Topic? topic) => topic?.Id.ToString(CultureInfo.InvariantCulture) ?? " ";
}
