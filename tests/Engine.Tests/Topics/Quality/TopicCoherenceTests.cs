using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Quality;

public sealed class TopicCoherenceTests
{
    private static readonly string[][] Pair = [["cat", "dog"]];
    private static readonly CoherenceMeasure[] All = Enum.GetValues<CoherenceMeasure>();

    [Fact]
    public void Npmi_WordsAlwaysTogether_IsNearOne() =>
        Assert.Equal(1.0, Score(CoherenceMeasure.Npmi, Pair, "cat dog", "bird fish", "cat dog", "fish").Mean!.Value, 1e-9);

    [Fact]
    public void Npmi_WordsNeverTogether_FollowsTheConstant()
    {
        double expected = Math.Log(1e-12 / 0.25) / -Math.Log(1e-12);

        Assert.Equal(expected, Score(CoherenceMeasure.Npmi, Pair, "cat", "dog", "cat", "dog").Mean!.Value, 1e-12);
    }

    [Fact]
    public void Npmi_RepeatedWordLeavesTheWindow_IsForgottenAsInGensim()
    {
        // Twelve tokens make three windows of ten. "cat" leaves after the first window although a second "cat" is inside.
        double together = 1.0 / 3;
        double expected = Math.Log((together + 1e-12) / (1.0 / 3 * 1.0)) / -Math.Log(together + 1e-12);

        Assert.Equal(expected, Score(CoherenceMeasure.Npmi, Pair, "cat cat xx xx xx xx xx xx xx dog xx xx").Mean!.Value, 1e-12);
    }

    [Fact]
    public void Npmi_StopWordsBetween_DoNotTakeRoomInTheWindow() =>
        Assert.Equal(
            1.0,
            Score(
                CoherenceMeasure.Npmi,
                Pair,
                "The CAT, and then with all of this also it was not so very much of a Dog!",
                "bird").Mean!.Value,
            1e-9);

    [Fact]
    public void Umass_WordAfterAnother_IsConditionalOnTheEarlierOne() =>
        Assert.Equal(
            Math.Log((0.25 + 1e-12) / 0.75), Score(CoherenceMeasure.Umass, Pair, "cat dog", "cat", "cat", "bird").Mean!.Value, 1e-12);

    [Fact]
    public void Compute_WordMissingFromTheTexts_IsLeftOut()
    {
        string[] texts = ["cat dog", "bird", "cat bird"];
        string[][] topics = [["cat", "graphics card", "dog"], ["cat", "graphics card"]];

        foreach (CoherenceMeasure measure in All)
        {
            CoherenceScore score = Score(measure, topics, texts);
            Assert.Equal(Score(measure, Pair, texts).Mean, score.PerTopic[0]);
            Assert.Null(score.PerTopic[1]);
            Assert.Equal(score.PerTopic[0], score.Mean);
        }
    }

    [Fact]
    public void Compute_NoTopics_HasNoMean() => Assert.All(All, measure => Assert.Null(Score(measure, [], "cat").Mean));

    [Fact]
    public void Compute_RandomTexts_EqualsTheDefinitionBitForBit()
    {
        string[] words = [.. Enumerable.Range(0, 40).Select(number => $"w{number}")];
        MersenneTwister random = new(7);
        string[][] tokens =
        [
            .. Enumerable
                .Range(0, 1400)
                .Select(
                    _ => Enumerable.Range(0, random.NextUpTo(random.NextUpTo(9) == 0 ? 300 : 25))
                        .Select(_ => words[random.NextUpTo(39)])
                        .ToArray()),
        ];
        string[] texts = Array.ConvertAll(tokens, text => string.Join(' ', text));
        string[][] topics = [words[..10], words[8..18], words[30..32], [words[39], words[0], words[20]]];

        foreach (int threads in new[] { 1, 3 })
        {
            IReadOnlyList<CoherenceScore> scores = TopicCoherence.Compute(
                All, topics, texts, new ComputeOptions { Threads = threads }, TestContext.Current.CancellationToken);
            foreach (CoherenceScore score in scores)
            {
                Assert.Equal([.. topics.Select(topic => (double?)GensimWindows.Of(score.Measure, topic, tokens))], score.PerTopic);
            }
        }
    }

    [Fact]
    public void Read_AnyText_GivesTheVectorizersTokens()
    {
        string[] texts = ["The GRAPHICS card's 2nd fan: über-quiet, ΟΔΟΣ!", "a I x", "", "card\ncard card-card"];
        DocumentTokens expected = DocumentTokenizer.Read(
            texts, new WordOptions { StopWords = StopWords.English }, ComputeOptions.Default, TestContext.Current.CancellationToken);
        WordIndex index = new([["card", "über", "οδος", "the"]]);
        TopicWordReader reader = new(index);

        for (int text = 0; text < texts.Length; text++)
        {
            Assert.Equal(
                Array.ConvertAll(expected.Document(text).ToArray(), id => index.Find(expected.Tokens[id])),
                reader.Read(texts[text]).ToArray());
        }
    }

    [Fact]
    public void Diversity_SharedWord_CountsOnce() =>
        Assert.Equal(0.75, TopicDiversity.Compute([["a", "b"], ["b", "c"]]));

    private static CoherenceScore Score(CoherenceMeasure measure, string[][] topics, params string[] texts) =>
        Assert.Single(TopicCoherence.Compute([measure], topics, texts, ComputeOptions.Default, TestContext.Current.CancellationToken));
}
