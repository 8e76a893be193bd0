using System.Globalization;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Parity.Topics;
using Xunit;

namespace TopicGrpc.Parity.Tests.Ties;

public sealed class WordTieTests
{
    // Topic 0 has two frequent words and twelve words of equal weight, so the ten best words end inside a tie.
    private static readonly string[] Texts =
    [
        "alpha alpha beta beta beta india juliet kilo lima mike november oscar papa quebec romeo sierra tango",
        "alpha beta india juliet kilo lima mike november oscar papa quebec romeo sierra tango",
        "hockey puck rink", "hockey goal rink", "hockey puck goal",
    ];

    private static readonly int[] Topics = [0, 0, 1, 1, 1];

    [Fact]
    public void Check_TenthWordOfEqualWeight_Holds() => Assert.All(
        Run(words => words[^1] = new TopicWord("tango", words[^1].Score)),
        static measure => Assert.True(measure.Holds, measure.ToString()));

    [Fact]
    public void Check_SameWords_Holds() =>
        Assert.All(Run(static _ => { }), static measure => Assert.True(measure.Holds, measure.ToString()));

    [Theory]
    [InlineData("hockey")]
    [InlineData("unknown")]
    [InlineData("india")]
    public void Check_TenthWordThatNoTieExplains_FallsShort(string word)
    {
        // "india" is in the list already.
        Measure[] measures = Run(words => words[^1] = new TopicWord(word, words[^1].Score));

        Assert.Contains(measures, static measure => measure is { Name: "words outside ties that differ", Holds: false });
    }

    [Fact]
    public void Check_OtherWeight_FallsShort()
    {
        Measure[] measures = Run(static words => words[0] = words[0] with { Score = words[0].Score * 1.001 });

        Assert.Contains(measures, static measure => measure is { Name: "scores relative", Holds: false });
    }

    [Fact]
    public void Check_RepresentativeOfEqualSimilarity_Holds()
    {
        // Of the four equally similar documents of topic 1, three are representative.
        string[] texts = ["alpha beta", "alpha beta gamma", "hockey puck", "puck hockey", "hockey  puck", "puck  hockey"];

        Measure[] measures = Run(texts, [0, 0, 1, 1, 1, 1], static _ => { }, representatives: [2, 3, 5]);

        Assert.All(measures, static measure => Assert.True(measure.Holds, measure.ToString()));
    }

    [Fact]
    public void Check_RepresentativeOfLowerSimilarity_FallsShort()
    {
        string[] texts = ["alpha beta", "alpha beta gamma", "hockey puck", "puck hockey", "hockey  puck", "hockey hockey hockey goal"];

        Measure[] measures = Run(texts, [0, 0, 1, 1, 1, 1], static _ => { }, representatives: [2, 3, 5]);

        Assert.Contains(measures, static measure => measure is { Name: "representative sets outside ties that differ", Holds: false });
    }

    private static Measure[] Run(Action<TopicWord[]> change) => Run(Texts, Topics, change, representatives: null);

    /// <summary>Records the engine's own tables, with a change of the words of topic 0, and compares them.</summary>
    private static Measure[] Run(string[] texts, int[] topics, Action<TopicWord[]> change, int[]? representatives)
    {
        using Recording recording = new();
        recording.Add("topics/plain/topics", topics);
        IReadOnlyList<Topic> content = new RecordedModel(recording.Folder, RecordedModel.Plain).Extract(texts).Topics;
        TopicWord[][] words = [.. content.Select(static topic => topic.Words.ToArray())];
        change(words[0]);
        recording.AddJson(
            "topics/plain/words.json",
            content.ToDictionary(
                static topic => topic.Id.ToString(CultureInfo.InvariantCulture),
                topic => words[topic.Id].Select(static word => new object[] { word.Term, word.Score }).ToArray()));
        recording.AddJson("topics/plain/topic_info.json", content.Select(topic => new
        {
            topic = topic.Id,
            count = topic.Count,
            name = topic.Name,
            representative_doc_ids = topic.Id == 1 && representatives is not null
                ? representatives
                : [.. topic.RepresentativeDocuments.Select(document => Array.IndexOf(texts, document.Text))],
        }));
        recording.AddJson(
            "topics/plain/topic_freq.json",
            content.OrderByDescending(static topic => topic.Count).Select(static topic => new[] { topic.Id, topic.Count }));
        return [.. new TopicTableCheck(RecordedModel.Plain).Run(recording.Folder, texts)];
    }
}
