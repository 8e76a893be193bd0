using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Numerics.Linkage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics;

public sealed class TopicPiecesTests
{
    [Fact]
    public void Rank_EqualSizes_KeepTheOrderOfTheirFirstDocument()
    {
        int[] ranks = FrequencyOrder.Rank([2, 0, -1, 1, 1, 0, 4]);

        Assert.Equal([0, 1, 2, -1, 3], ranks);
    }

    [Fact]
    public void Into_ThreeOfFour_SplitsTheNodeFormedLast()
    {
        var distances = CondensedDistances.Create(
            4, (i, j) => Math.Abs((i * i) - (j * j)), cancellationToken: TestContext.Current.CancellationToken);
        LinkageMerge[] merges = NearestNeighborChain.Link(
            distances, LinkageMethod.Average, cancellationToken: TestContext.Current.CancellationToken);

        int[] labels = TreeCut.Into(merges, 3);

        Assert.Equal(labels[0], labels[1]);
        Assert.Equal(3, labels.Distinct().Count());
        Assert.Equal([0, 0, 0, 0], TreeCut.Into(merges, 1));
        Assert.Equal(4, TreeCut.Into(merges, 4).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => TreeCut.Into(merges, 5));
    }

    [Fact]
    public void Best_FewPositiveWeights_PadsAsBertopic()
    {
        CsrMatrix<double> weights = new(4, [0, 3], [0, 2, 3], [0.5, -1, 0.5]);

        TopicWord[] words = TopicWordRanking.Best(weights, new Vocabulary(["a", "b", "c", "d"]), row: 0, count: 3);

        Assert.Equal([new TopicWord("a", 0.5), new TopicWord("d", 0.5), new TopicWord(string.Empty, 0.00001)], words);
        Assert.Equal("5_a_d_", TopicNames.Default(5, words));
    }

    [Fact]
    public void Best_TiesAtTheEnd_KeepTheFirstByCodePoint()
    {
        CsrMatrix<double> weights = new(4, [0, 4], [0, 1, 2, 3], [0.1, 0.1, 0.2, 0.1]);

        TopicWord[] words = TopicWordRanking.Best(weights, new Vocabulary(["a", "b", "c", "d"]), row: 0, count: 2);

        Assert.Equal(["c", "a"], words.Select(word => word.Term));
    }

    [Fact]
    public void Generate_CutWords_JoinsThem() =>
        Assert.Equal(
            "gra-gam",
            TopicNames.Generate(1, [new("graphics", 1), new("game", 1), new("x", 1)], wordCount: 2, prefix: false, wordLength: 3, "-"));

    [Fact]
    public void TopicOf_UnknownCluster_IsAnOutlier()
    {
        TopicMapper mapper = TopicMapper.Identity(3, outliers: true).Append(topic => topic < 0 ? -1 : 2 - topic);

        Assert.Equal([-1, -1, -1, 0, 0, 2, 1, 1, 1, 2, 2, 0], mapper.Values);
        Assert.Equal((0, -1, -1), (mapper.TopicOf(2), mapper.TopicOf(-1), mapper.TopicOf(7)));
    }

    [Fact]
    public void Map_MergedAndDroppedColumns_AddsUp()
    {
        Matrix mapped = TopicProbabilities.Map([0.1f, 0.2f, 0.3f, 0.4f, 0.0f, 0.5f], [1, -1, 1], topics: 2);

        Assert.Equal([0, 0.4f, 0, 0.9f], mapped.Values);
    }

    [Fact]
    public void Strengths_AllProbabilities_GiveOutliersWhatIsLeft()
    {
        Matrix probabilities = new(2, 2, [0.5f, 0.25f, 0.25f, 0.125f]);

        Assert.Equal([0.5, 0.625], TopicProbabilities.Strengths(probabilities, [1, 1], [0, -1]));
    }
}
