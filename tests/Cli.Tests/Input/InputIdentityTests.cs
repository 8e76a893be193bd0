using TopicGrpc.Cli.Input;

namespace TopicGrpc.Cli.Tests.Input;

public sealed class InputIdentityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stripped.jsonl.gz", "stripped")]
    [InlineData("My Posts_2021.csv", "my-posts-2021")]
    [InlineData("1961.txt", "documents-1961")]
    [InlineData("...", "documents")]
    [InlineData("ÄÖÜ.txt", "documents")]
    public void Slug_FileName_IdByTheContractsRule(string fileName, string expected) =>
        Assert.Equal(expected, InputIdentity.Slug(fileName));

    [Fact]
    public void Of_SameFileSameReading_SameIdentity()
    {
        string path = _folder.Write("a.jsonl", "{}");

        Assert.Equal(Of(path), Of(path));
    }

    [Fact]
    public void Of_FileChangedOrReadInAnotherWay_AnotherIdentity()
    {
        string path = _folder.Write("a.jsonl", "{}");
        InputIdentity before = Of(path);

        Assert.NotEqual(
            before.Fingerprint, InputIdentity.Of(InputSource.Open(path, new InputFields("body"), NewsgroupParts.None)).Fingerprint);
        Assert.NotEqual(before.Fingerprint, InputIdentity.Of(InputSource.Open(path, new InputFields(), NewsgroupParts.Quotes)).Fingerprint);

        _folder.Write("a.jsonl", "{ }");
        Assert.NotEqual(before.Corpus, Of(path).Corpus);
    }

    private static InputIdentity Of(string path) => InputIdentity.Of(InputSource.Open(path, new InputFields(), NewsgroupParts.None));
}
