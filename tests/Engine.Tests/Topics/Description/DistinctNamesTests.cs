using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Description;

public sealed class DistinctNamesTests
{
    [Fact]
    public void Apply_SharedWord_NamesTheTopicInWhichItWeighsMost() => Assert.Equal(
        ["card, pin, atm", "transfer, account, bank"],
        Names(Topic(0, "card", "pin", "atm"), Topic(1, "transfer", "account", "card:0.1", "bank")));

    [Fact]
    public void Apply_OnlySharedWords_FillTheName() =>
        Assert.Equal(["card, pin, atm", "card, pin, atm (1)"], Names(Topic(0, "card", "pin", "atm"), Topic(1, "card", "pin", "atm")));

    [Fact]
    public void Apply_InflectedForms_CountOnce() =>
        Assert.Equal(["school, teacher, student"], Names(Topic(0, "school", "schools", "teacher", "teachers", "student")));

    [Fact]
    public void Apply_Numbers_ComeLast() => Assert.Equal(["team, coach, 1993"], Names(Topic(0, "1993", "team", "25", "coach")));

    [Fact]
    public void Apply_Phrase_ReplacesItsWord()
    {
        Topic[] topics = DistinctNames.Apply(
            [Topic(0, "middle", "east", "peace")],
            [new Dictionary<string, string> { ["middle"] = "middle east", ["east"] = "middle east" }]);

        Assert.Equal("middle east, peace", topics[0].Name);
    }

    [Fact]
    public void Apply_OutliersAndPadding_HaveReadableNames() =>
        Assert.Equal(["outliers", "topic 0"], Names(Topic(-1, "any"), Topic(0, "")));

    [Fact]
    public void Apply_GivenName_IsKept()
    {
        Topic given = Topic(0, "card") with { Name = "Cards", CustomLabel = "Cards" };

        Assert.Equal("Cards", DistinctNames.Apply([given], phrases: null)[0].Name);
    }

    [Fact]
    public void Apply_LongWords_BoundTheLength()
    {
        string name = Names(Topic(0, new string('x', 300), new string('y', 300), "short"))[0];

        Assert.InRange(name.Length, 1, 80);
        Assert.EndsWith("…", name, StringComparison.Ordinal);
    }

    private static string[] Names(params Topic[] topics) =>
        [.. DistinctNames.Apply(topics, phrases: null).Select(static topic => topic.Name)];

    private static Topic Topic(int id, params string[] words) => new(
        id,
        10,
        "",
        [
            .. words.Select(static (word, place) =>
                word.Split(':') is [var term, var weight]
                    ? new TopicWord(term, double.Parse(weight, System.Globalization.CultureInfo.InvariantCulture))
                    : new TopicWord(word, 1.0 / (place + 1))),
        ],
        []);
}
