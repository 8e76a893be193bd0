using TopicGrpc.Engine.Topics.Quality;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Quality;

public sealed class TopicCoherenceTests
{
    private static readonly string[][] Pair = [["cat", "dog"]];

    [Fact]
    public void Npmi_WordsAlwaysTogether_IsNearOne()
    {
        string[][] texts = [["cat", "dog"], ["bird", "fish"], ["cat", "dog"], ["fish"]];

        CoherenceScore score = TopicCoherence.Compute(CoherenceMeasure.Npmi, Pair, texts, TestContext.Current.CancellationToken);

        Assert.Equal(1.0, score.Mean, 1e-9);
    }

    [Fact]
    public void Npmi_WordsNeverTogether_FollowsTheConstant()
    {
        string[][] texts = [["cat"], ["dog"], ["cat"], ["dog"]];
        double expected = Math.Log(1e-12 / 0.25) / -Math.Log(1e-12);

        CoherenceScore score = TopicCoherence.Compute(CoherenceMeasure.Npmi, Pair, texts, TestContext.Current.CancellationToken);

        Assert.Equal(expected, score.Mean, 1e-12);
    }

    [Fact]
    public void Npmi_RepeatedWordLeavesTheWindow_IsForgottenAsInGensim()
    {
        // Twelve tokens make three windows of ten. "cat" leaves after the first window although a second "cat" is inside.
        string[] text = ["cat", "cat", "x", "x", "x", "x", "x", "x", "x", "dog", "x", "x"];
        double together = 1.0 / 3;
        double expected = Math.Log((together + 1e-12) / (1.0 / 3 * 1.0)) / -Math.Log(together + 1e-12);

        CoherenceScore score = TopicCoherence.Compute(CoherenceMeasure.Npmi, Pair, [text], TestContext.Current.CancellationToken);

        Assert.Equal(expected, score.Mean, 1e-12);
    }

    [Fact]
    public void Umass_WordAfterAnother_IsConditionalOnTheEarlierOne()
    {
        string[][] texts = [["cat", "dog"], ["cat"], ["cat"], ["bird"]];
        double expected = Math.Log((0.25 + 1e-12) / 0.75);

        CoherenceScore score = TopicCoherence.Compute(CoherenceMeasure.Umass, Pair, texts, TestContext.Current.CancellationToken);

        Assert.Equal(expected, score.Mean, 1e-12);
    }

    [Fact]
    public void Compute_WordMissingFromTheCorpus_IsFinite()
    {
        string[][] texts = [["cat"], ["bird"]];

        foreach (CoherenceMeasure measure in Enum.GetValues<CoherenceMeasure>())
        {
            CoherenceScore score = TopicCoherence.Compute(measure, Pair, texts, TestContext.Current.CancellationToken);
            Assert.True(double.IsFinite(score.Mean), measure.ToString());
        }
    }

    [Fact]
    public void Diversity_SharedWord_CountsOnce() =>
        Assert.Equal(0.75, TopicDiversity.Compute([["a", "b"], ["b", "c"]]));
}
