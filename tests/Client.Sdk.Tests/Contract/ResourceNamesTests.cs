using TopicGrpc.Client.Calls;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Sdk.Tests.Contract;

public sealed class ResourceNamesTests
{
    [Fact]
    public void Names_OfEveryKind_HaveTheFormsOfTheContract() => Assert.Equal(
        [
            "corpora/news", "corpora/news/ingestSessions/s_1", "fits/f1", "models/news", "models/news/versions/7",
            "models/news/versions/7/topics/-1",
        ],
        [
            ResourceNames.Corpus("news"),
            ResourceNames.IngestSession("news", "s_1"),
            ResourceNames.Fit("f1"),
            ResourceNames.Model("news"),
            ResourceNames.Version("news", 7),
            ResourceNames.Topic(ResourceNames.Version("news", 7), -1),
        ]);

    [Theory]
    [InlineData("models/news/versions/7", true)]
    [InlineData("models/news/versions/999999999999999999", true)]
    [InlineData("models/news/versions/0", false)]
    [InlineData("models/news/versions/07", false)]
    [InlineData("models/news/versions/-7", false)]
    [InlineData("models/news/versions/1000000000000000000", false)]
    [InlineData("models/news/versions/7/versions/8", false)]
    [InlineData("models/news/versions/", false)]
    [InlineData("models//versions/7", false)]
    [InlineData("models/a/b/versions/7", false)]
    [InlineData("corpora/news/versions/7", false)]
    [InlineData("models/news", false)]
    [InlineData("", false)]
    public void TryParseVersion_Name_FollowsTheForm(string name, bool expected) =>
        Assert.Equal(expected, ResourceNames.TryParseVersion(name, out _, out _));

    [Theory]
    [InlineData("models/news", true)]
    [InlineData("models/", false)]
    [InlineData("models/a/b", false)]
    [InlineData("fits/news", false)]
    [InlineData("news", false)]
    public void TryParse_Name_FollowsTheForm(string name, bool expected)
    {
        Assert.Equal(expected, ResourceNames.TryParse(name, ResourceNames.ModelPrefix, out string id));
        Assert.Equal(expected, id == "news");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("news-2024", true)]
    [InlineData("News", false)]
    [InlineData("2024", false)]
    [InlineData("news-", false)]
    [InlineData("../news", false)]
    [InlineData("news\n", false)]
    [InlineData("", false)]
    public void IsId_Text_FollowsThePattern(string text, bool expected) => Assert.Equal(expected, ResourceNames.IsId(text));

    [Fact]
    public void IsId_Length_IsAtMost63()
    {
        Assert.True(ResourceNames.IsId(new string('a', 63)));
        Assert.False(ResourceNames.IsId(new string('a', 64)));
    }

    [Theory]
    [InlineData("stable", true)]
    [InlineData("v_2", true)]
    [InlineData("2", false)]
    [InlineData("a-b", false)]
    public void IsLabel_Text_FollowsThePattern(string text, bool expected) => Assert.Equal(expected, ResourceNames.IsLabel(text));

    [Theory]
    [InlineData("A-z_9", true)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    public void IsSession_Text_FollowsThePattern(string text, bool expected) => Assert.Equal(expected, ResourceNames.IsSession(text));

    [Theory]
    [InlineData("news")]
    [InlineData("models/news")]
    public void WireNames_IdOrName_IsTheName(string model)
    {
        Assert.Equal("models/news", WireNames.Model(model));
        Assert.Equal("models/news/versions/7", WireNames.Version(model, 7));
        Assert.Equal(("news", 7), WireNames.ParseVersion(WireNames.Version(model, 7)));
    }

    [Fact]
    public void WireNames_NoVersion_IsZero() => Assert.Equal(("", 0), WireNames.ParseVersion(""));

    [Fact]
    public void WireNames_MalformedVersion_Throws()
    {
        FormatException failure = Assert.Throws<FormatException>(static () => WireNames.ParseVersion("models/news"));

        Assert.Contains("'models/news'", failure.Message, StringComparison.Ordinal);
    }
}
