using TopicGrpc.Cli.Input;
using TopicGrpc.Testing;

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
    public async Task Of_SameFileSameReading_SameIdentity()
    {
        string path = _folder.Write("a.jsonl", Line);

        Assert.Equal(await OfAsync(path), await OfAsync(path));
    }

    [Fact]
    public async Task Of_FileChangedOrReadInAnotherWay_AnotherIdentity()
    {
        string path = _folder.Write("a.jsonl", Line);
        InputIdentity before = await OfAsync(path);

        Assert.NotEqual(before.Fingerprint, (await OfAsync(path, new InputFields("body"))).Fingerprint);
        Assert.NotEqual(before.Fingerprint, (await OfAsync(path, strip: NewsgroupParts.Quotes)).Fingerprint);

        _folder.Write("a.jsonl", "{\"text\":\"b\",\"body\":\"c\"}");
        Assert.NotEqual(before.Corpus, (await OfAsync(path)).Corpus);
    }

    // F11: the time of a folder does not change with the content of a file in it, and a copy can keep size and time.
    [Fact]
    public async Task Of_ContentChangedWithSizeAndTimeKept_AnotherIdentity()
    {
        string file = _folder.Write("posts/a.txt", "one");
        DateTime written = File.GetLastWriteTimeUtc(file);
        InputIdentity before = await OfAsync(_folder.At("posts"));

        await File.WriteAllTextAsync(file, "two", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, written);

        Assert.NotEqual(before.Fingerprint, (await OfAsync(_folder.At("posts"))).Fingerprint);
    }

    [Fact]
    public async Task Of_FileTouchedOnly_SameIdentity()
    {
        string path = _folder.Write("a.jsonl", Line);
        InputIdentity before = await OfAsync(path);

        File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(before, await OfAsync(path));
    }

    private const string Line = "{\"text\":\"a\",\"body\":\"b\"}";

    private static async Task<InputIdentity> OfAsync(string path, InputFields? fields = null, NewsgroupParts strip = NewsgroupParts.None)
    {
        using var source = InputSource.Open(path, fields ?? new InputFields(), strip);
        return (await InputSurvey.ReadAsync(source, TestContext.Current.CancellationToken)).Identity;
    }
}
