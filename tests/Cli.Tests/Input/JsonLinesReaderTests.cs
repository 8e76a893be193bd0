using TopicGrpc.Cli.Input;
using TopicGrpc.Tables.Documents;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Input;

public sealed class JsonLinesReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_PlainRecords_TextIdAndAttributes()
    {
        string path = _folder.Write("a.jsonl", """
            {"id": "x/1", "text": "One.", "party": "none", "year": 1961, "text2": "two"}
            {"id": 7, "text": ""}
            """);

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal(["x/1", "7"], documents.Select(d => d.Id));
        Assert.Equal(["One.", ""], documents.Select(d => d.Text));
        Assert.Equal(new Dictionary<string, string> { ["party"] = "none", ["year"] = "1961", ["text2"] = "two" }, documents[0].Attributes);
        Assert.Empty(documents[1].Attributes);
    }

    [Fact]
    public async Task ReadAsync_NoIdField_LineNumberWithBlankLinesCounted()
    {
        string path = _folder.Write("a.jsonl", "\uFEFF{\"text\":\"a\"}\r\n\n  \n{\"text\":\"b\"}");

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal(["1", "4"], documents.Select(d => d.Id));
        Assert.Equal(["a", "b"], documents.Select(d => d.Text));
    }

    [Fact]
    public async Task ReadAsync_NamedFields_TheyAreNoAttributes()
    {
        string path = _folder.Write("a.jsonl", """{"key": "k", "body": "b", "when": "2021-03-04T05:06:07+01:00", "id": "i"}""");

        InputDocument document = Assert.Single(await Documents.ReadAsync(path, new InputFields("body", "key", "when")));

        Assert.Equal("k", document.Id);
        Assert.Equal("b", document.Text);
        Assert.Equal(new DateTimeOffset(2021, 3, 4, 4, 6, 7, TimeSpan.Zero), document.Time);
        Assert.Equal(new Dictionary<string, string> { ["id"] = "i" }, document.Attributes);
    }

    [Theory]
    [InlineData("1961", 1961, 1, 1)]
    [InlineData("\"1961\"", 1961, 1, 1)]
    [InlineData("\"1961-02\"", 1961, 2, 1)]
    [InlineData("\"1961-02-03\"", 1961, 2, 3)]
    public async Task ReadAsync_YearOrDate_MidnightUtc(string written, int year, int month, int day)
    {
        string path = _folder.Write("a.jsonl", $$"""{"text": "a", "t": {{written}}}""");

        InputDocument document = Assert.Single(await Documents.ReadAsync(path, new InputFields(Time: "t")));

        Assert.Equal(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero), document.Time);
    }

    [Fact]
    public async Task ReadAsync_Gzip_SameDocuments()
    {
        string path = _folder.Write("a.jsonl.gz", Documents.Gzip("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"));

        Assert.Equal(["a", "b"], (await Documents.ReadAsync(path)).Select(d => d.Text));
    }

    [Fact]
    public async Task ReadAsync_LineAcrossManyBuffers_Whole()
    {
        string text = new('x', 300_000);
        string path = _folder.Write("a.jsonl", $"{{\"text\":\"{text}\"}}\n{{\"text\":\"short\"}}\n");

        Assert.Equal([text, "short"], (await Documents.ReadAsync(path)).Select(d => d.Text));
    }

    [Theory]
    [InlineData("{\"text\": \"a\"", "line 2: not valid JSON at byte 13: the value is incomplete")]
    [InlineData("{\"text\": \"a\",}", "line 2: not valid JSON at byte 14: a comma before it is not allowed")]
    [InlineData("{\"text\": \"a\", \"y\": NaN}", "line 2: not valid JSON at byte 20: NaN is not JSON; write null")]
    [InlineData("{'text': 'a'}", "line 2: not valid JSON at byte 2: names and texts need double quotes")]
    [InlineData("{\"text\": \"a\", \"text\": \"b\"}", "line 2: field \"text\" occurs twice")]
    [InlineData("{\"text\": \"a\", \"y\": 1, \"y\": 2}", "line 2: field \"y\" occurs twice")]
    [InlineData("nonsense", "line 2: not valid JSON at byte 2")]
    [InlineData("[1]", "line 2: expected a JSON object, found an array")]
    [InlineData("{\"txt\": \"a\"}", "line 2: no field \"text\" (choose another with --text-field)")]
    [InlineData("{\"text\": 3}", "line 2: field \"text\" must be text, found a number")]
    [InlineData("{\"text\": null}", "line 2: field \"text\" must be text, found null")]
    [InlineData("{\"text\": \"a\", \"id\": true}", "line 2: field \"id\" must be text or a number, found a Boolean")]
    [InlineData("{\"text\": \"\\ud800\"}", "line 2: contains text that is not valid Unicode")]
    public async Task ReadAsync_BrokenLine_OneLineNamingFileLineAndFault(string line, string fault)
    {
        string path = _folder.Write("a.jsonl", "{\"text\":\"fine\"}\n" + line + "\n");

        Assert.Equal($"{path}, {fault}", await Documents.FaultAsync(path));
    }

    [Fact]
    public async Task ReadAsync_ByteOrderMarkInside_OfConcatenatedFiles_IsNoText()
    {
        string path = _folder.Write("a.jsonl", "\uFEFF{\"text\":\"a\"}\n\uFEFF{\"text\":\"b\"}\n");

        Assert.Equal(["a", "b"], (await Documents.ReadAsync(path)).Select(d => d.Text));
    }

    [Fact]
    public async Task ReadAsync_BrokenTime_NamesFieldAndForms()
    {
        string path = _folder.Write("a.jsonl", """{"text": "a", "t": "soon"}""");

        string fault = await Documents.FaultAsync(path, new InputFields(Time: "t"));

        Assert.Equal($"{path}, line 1: field \"t\": {DocumentTime.Expected}, found text \"soon\"", fault);
    }

    [Fact]
    public async Task ReadAsync_NamedIdMissing_Fault()
    {
        string path = _folder.Write("a.jsonl", """{"text": "a"}""");

        Assert.Equal(
            $"{path}, line 1: no field \"key\" (choose another with --id-field)",
            await Documents.FaultAsync(path, new InputFields(Id: "key")));
    }

    [Fact]
    public async Task ReadAsync_BytesThatAreNotUtf8_Fault()
    {
        string path = _folder.Write("a.jsonl", [.. "{\"text\":\"caf"u8, 0xE9, .. "\"}"u8]);

        Assert.Equal($"{path}, line 1: contains text that is not valid Unicode", await Documents.FaultAsync(path));
    }

    [Fact]
    public async Task ReadAsync_NotGzip_Fault()
    {
        string path = _folder.Write("a.jsonl.gz", "plain");

        Assert.StartsWith($"{path}, line 1: not valid gzip data", await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EndlessLine_RefusedAtTheLimit()
    {
        byte[] line = new byte[LineReader.MaxLineBytes + (1 << 20)];
        Array.Fill(line, (byte)'x');
        string path = _folder.Write("a.jsonl", line);

        Assert.Equal($"{path}, line 1: longer than 16 MiB", await Documents.FaultAsync(path));
    }

    [Fact]
    public async Task ReadAsync_EmbeddingField_NumbersAndNoAttribute()
    {
        string path = _folder.Write("a.jsonl", """{"id": "a", "text": "One.", "v": [0.5, -1e-3, 2], "party": "none"}""");

        InputDocument document = Assert.Single(await Documents.ReadAsync(path, new InputFields { Embedding = "v" }));

        Assert.Equal([0.5f, -1e-3f, 2f], document.Embedding.ToArray());
        Assert.Equal(["party"], document.Attributes.Keys);
    }

    [Theory]
    [InlineData("""{"text": "One."}""", "no field \"v\" (choose another with --embedding-field)")]
    [InlineData("""{"text": "One.", "v": []}""", "field \"v\" must be a list of numbers, found an empty array")]
    [InlineData("""{"text": "One.", "v": "0.5"}""", "field \"v\" must be a list of numbers, found text")]
    [InlineData("""{"text": "One.", "v": [0.5, null]}""", "field \"v\", item 2: expected a finite number, found null")]
    [InlineData("""{"text": "One.", "v": [1e99]}""", "field \"v\", item 1: expected a finite number, found 1e99")]
    public async Task ReadAsync_NoEmbedding_NamesLineAndField(string line, string fault)
    {
        string path = _folder.Write("a.jsonl", line);

        Assert.Equal($"{path}, line 1: {fault}", await Documents.FaultAsync(path, new InputFields { Embedding = "v" }));
    }
}
