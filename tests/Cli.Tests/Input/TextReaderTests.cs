using TopicGrpc.Cli.Input;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Input;

public sealed class TextReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_Lines_OneDocumentEach()
    {
        string path = _folder.Write("a.txt", "first\r\n\nthird");

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal([("1", "first"), ("3", "third")], documents.Select(d => (d.Id, d.Text)));
    }

    [Fact]
    public async Task ReadAsync_LineThatIsNotUtf8_Fault()
    {
        string path = _folder.Write("a.txt", [.. "fine\ncaf"u8, 0xE9]);

        Assert.Equal($"{path}, line 2: not valid UTF-8", await Documents.FaultAsync(path));
    }

    [Fact]
    public async Task ReadAsync_Folder_RelativePathsInOrdinalOrderAndLatin1WhereNotUtf8()
    {
        _folder.Write("posts/b.txt", "b");
        _folder.Write("posts/sub/c", [.. "caf"u8, 0xE9]);
        _folder.Write("posts/B.txt", "\uFEFFB");

        List<InputDocument> documents = await Documents.ReadAsync(_folder.At("posts"));

        Assert.Equal([("B.txt", "B"), ("b.txt", "b"), ("sub/c", "café")], documents.Select(d => (d.Id, d.Text)));
    }

    [Fact]
    public async Task ReadAsync_FormatStated_NameDoesNotMatter()
    {
        string path = _folder.Write("posts.log", "{\"text\":\"a\"}\n");

        Assert.Equal("a", Assert.Single(await Documents.ReadAsync(path, format: InputFormat.JsonLines)).Text);
    }

    [Fact]
    public async Task ReadAsync_IdsGivenTwice_KeptAndNumbered()
    {
        string path = _folder.Write(
            "a.jsonl", string.Join('\n', new[] { "a", "a", "a#2", "b", "a" }.Select(id => $$"""{"id":"{{id}}","text":""}""")));

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal(["a", "a", "a#2", "b", "a"], documents.Select(d => d.Id));
        Assert.Equal(["a", "a#2", "a#2#2", "b", "a#3"], documents.Select(d => d.Key));
    }

    [Fact]
    public void Open_NameWithoutFormat_Fault()
    {
        string path = _folder.Write("posts.log", "a");

        InputException fault = Assert.Throws<InputException>(() => InputSource.Open(path, new InputFields(), NewsgroupParts.None));

        Assert.Contains("--format", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NothingThere_Fault()
    {
        string path = _folder.At("none.jsonl");

        InputException fault = Assert.Throws<InputException>(() => InputSource.Open(path, new InputFields(), NewsgroupParts.None));

        Assert.Equal($"{path}: no such file or folder", fault.Message);
    }
}
