using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Queries;

public sealed class SliceTests
{
    private static readonly string[] Texts = ["apple pear apple", "engine wheel", "apple plum", "engine engine road"];
    private static readonly int[] Labels = [0, 1, 0, 1];
    private static readonly double[] Times = [1, 1, 2, 2];

    [Fact]
    public void OverTime_EvolutionTuning_TakesEffect()
    {
        var plain = Compute(evolution: false);
        var tuned = Compute(evolution: true);

        Assert.DoesNotContain(plain[1].Topics[0].Words, word => word.Term == "pear");
        Assert.Contains(tuned[1].Topics[0].Words, word => word.Term == "pear");
        Assert.Equal(plain[0].Topics[0].Words.Select(w => w.Term), tuned[0].Topics[0].Words.Select(w => w.Term));
    }

    [Fact]
    public void OverTime_AnyTuning_LeavesTheModelUnchanged()
    {
        TermSpace space = Space();
        double[] before = [.. space.Weights.Values];

        new TopicsOverTime(space).Compute(
            Texts, Labels, Times, globalTuning: true, evolutionTuning: true, TestContext.Current.CancellationToken);

        Assert.Equal(before, space.Weights.Values);
    }

    [Fact]
    public void PerClass_Classes_ComeInOrdinalOrder()
    {
        var classes = new TopicsPerClass(Space())
            .Compute(Texts, Labels, ["b", "a", "b", "a"], globalTuning: true, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], classes.Select(c => c.Class));
        Assert.Equal(2, Assert.Single(classes[0].Topics).Frequency);
    }

    [Fact]
    public void Distribution_WordsOfOneTopic_GiveItEverything()
    {
        TextDistribution distribution = new TopicDistribution(Space(), new DistributionOptions()).Compute(
            "Apple plum", perToken: true, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1.0, 0.0], distribution.Topics);
        Assert.Equal(["Apple", "plum"], distribution.Tokens);
        Assert.True(distribution.TokenTopics[0] > 0);
    }

    [Fact]
    public void Distribution_UnknownWords_AreAllZero() =>
        Assert.Equal(
            [0.0, 0.0],
            new TopicDistribution(Space(), new DistributionOptions()).Compute(
                "nothing known", perToken: false, cancellationToken: TestContext.Current.CancellationToken).Topics);

    private static IReadOnlyList<(double Time, IReadOnlyList<TopicSlice> Topics)> Compute(bool evolution) =>
        new TopicsOverTime(Space()).Compute(Texts, Labels, Times, globalTuning: false, evolution, TestContext.Current.CancellationToken);

    private static TermSpace Space()
    {
        WordOptions options = new();
        DocumentTokens tokens = DocumentTokenizer.Read(Texts, options, ComputeOptions.Default, CancellationToken.None);
        WordCounts counts = new CountVectorizer(options).Fit(
            tokens, new ClassGroups(Labels, 2), ComputeOptions.Default, CancellationToken.None);
        var tfIdf = ClassTfIdf.Fit(counts.Counts, counts.Vocabulary, new ClassTfIdfOptions());
        return new TermSpace(counts.Vocabulary, options, tfIdf, tfIdf.Transform(counts.Counts), 0);
    }
}
