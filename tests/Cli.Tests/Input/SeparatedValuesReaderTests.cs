using TopicGrpc.Cli.Input;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Input;

public sealed class SeparatedValuesReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_QuotedValues_QuotesCommasAndLineEndsKept()
    {
        string path = _folder.Write("a.csv", "id,text,party\n1,\"He said \"\"no, thanks\"\".\nThen left.\",none\n2,plain,\n");

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal(["1", "2"], documents.Select(d => d.Id));
        Assert.Equal(["He said \"no, thanks\".\nThen left.", "plain"], documents.Select(d => d.Text));
        Assert.Equal(new Dictionary<string, string> { ["party"] = "none" }, documents[0].Attributes);
        Assert.Empty(documents[1].Attributes);
    }

    [Fact]
    public async Task ReadAsync_NoIdColumn_LineWhereTheRowBegins()
    {
        string path = _folder.Write("a.csv", "text,x\n\"two\nlines\",1\n\nlast,2\n");

        Assert.Equal(["2", "5"], (await Documents.ReadAsync(path)).Select(d => d.Id));
    }

    [Fact]
    public async Task ReadAsync_TabsAndTime_Read()
    {
        string path = _folder.Write("a.tsv", "body\twhen\na, b\t1999\nc\t\n");

        List<InputDocument> documents = await Documents.ReadAsync(path, new InputFields("body", Time: "when"));

        Assert.Equal("a, b", documents[0].Text);
        Assert.Equal(new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero), documents[0].Time);
        Assert.Null(documents[1].Time);
    }

    [Fact]
    public async Task ReadAsync_Gzip_SameDocuments()
    {
        string path = _folder.Write("a.csv.gz", Documents.Gzip("text\na\n"));

        Assert.Equal("a", Assert.Single(await Documents.ReadAsync(path)).Text);
    }

    [Theory]
    [InlineData("text,b\n1,2\n1,2,3\n", ", line 3: 3 values, but the header has 2")]
    [InlineData("id,text\n1,\"open\n2,c\n", ", line 2: unclosed quote")]
    [InlineData("id,body\n1,a\n", ", line 1: no column \"text\" (columns: \"id\", \"body\"; choose another with --text-field)")]
    public async Task ReadAsync_BrokenFile_OneLineNamingFileLineAndFault(string content, string fault)
    {
        string path = _folder.Write("a.csv", content);

        Assert.Equal(path + fault, await Documents.FaultAsync(path));
    }

    [Fact]
    public async Task ReadAsync_BytesThatAreNotUtf8_Fault()
    {
        string path = _folder.Write("a.csv", [.. "text\ncaf"u8, 0xE9, .. "\n"u8]);

        Assert.Equal($"{path}: not valid UTF-8", await Documents.FaultAsync(path));
    }
}
