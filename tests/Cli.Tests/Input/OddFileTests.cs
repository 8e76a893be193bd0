using System.Diagnostics;
using System.Text;
using TopicGrpc.Cli.Input;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Input;

/// <summary>Files as real tools and systems produce them: read rightly or rejected with the reason.</summary>
public sealed class OddFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // I01
    [Fact]
    public async Task Csv_TwoColumnsWithOneName_NamesIt()
    {
        string path = _folder.Write("a.csv", "id,text,tag,tag\n1,a,b,c\n");

        Assert.Equal($"{path}, line 1: columns 3 and 4 have the same name \"tag\"", await Documents.FaultAsync(path));
    }

    // I03: RFC 4180 and Python open a quote only at the start of a value.
    [Theory]
    [InlineData("id,text\n1,a 5\" disk\n2,a 3\" disk\n3,last\n", "a 5\" disk|a 3\" disk|last")]
    [InlineData("id,text\n1,6' 2\"\n2,\"said \"\"no\"\"\"\n3,a \"quoted\" word\n", "6' 2\"|said \"no\"|a \"quoted\" word")]
    [InlineData("id,text\n1,\"a\"b\n2,\"\"\n3,\"\"\"\"\n", "ab||\"")]
    [InlineData("id,text\r1,a\r2,\"b\rc\"\r3,d", "a|b\rc|d")]
    [InlineData("id,text\r\n1,\"a\r\nb\"\r\n\r\n2,c\r\n3,\"d,e\"", "a\r\nb|c|d,e")]
    public async Task Csv_QuotesAndLineEnds_AsInPython(string content, string texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string path = _folder.Write("a.csv", content);

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal(["1", "2", "3"], documents.Select(d => d.Id));
        Assert.Equal(texts.Split('|'), documents.Select(d => d.Text));
    }

    [Fact]
    public async Task Tsv_InchMarksInEveryRow_OneDocumentPerRow()
    {
        string rows = string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i}\tdisk of {i}\" size\n"));
        string path = _folder.Write("a.tsv", "id\ttext\n" + rows);

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal(20_000, documents.Count);
        Assert.Equal("disk of 20000\" size", documents[^1].Text);
        Assert.Equal(20_001, documents[^1].Line);
    }

    // Relatives of the reported inputs: each is rejected with file, line and cause.
    [Theory]
    [InlineData("a.csv", "hello world\n", ", line 1: no column \"text\"")]
    [InlineData("a.csv", "id;text\n1;a\n", ", line 1: no column \"text\"")]
    [InlineData("a.csv", "id,text\n1,a\0b\n", ", line 1: not UTF-8 text: it contains NUL bytes")]
    [InlineData("a.csv", "id,text,x\n1,a\n", ", line 2: 2 values, but the header has 3")]
    [InlineData("a.csv", "id,text\n1,a\n\u001A", ", line 3: 1 values, but the header has 2")]
    [InlineData("a.csv", "id,text\n1,\"a\n2,b\n", ", line 2: unclosed quote")]
    [InlineData("a.jsonl", "{\"id\":\"1\",\"text\":\"a\0b\"}\n", ", line 1: not UTF-8 text: it contains NUL bytes")]
    [InlineData("a.jsonl", "{\"id\":\"\\udc00\",\"text\":\"a\"}\n", ", line 1: contains text that is not valid Unicode")]
    [InlineData("a.jsonl", "{\"text\":\"a\"}\u2028{\"text\":\"b\"}\n", ", line 1: not valid JSON at byte 13")]
    [InlineData("a.jsonl", "5\n", ", line 1: expected a JSON object, found a number")]
    [InlineData("a.jsonl", "PAR1\u0015\n", ", line 1: not valid JSON at byte 1")]
    public async Task File_OddContent_OneLineNamingFileLineAndCause(string name, string content, string fault)
    {
        string path = _folder.Write(name, content);

        Assert.StartsWith(path + fault, await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    // Relatives of the reported times: years and dates that no calendar of .NET or protobuf has.
    [Theory]
    [InlineData("\"10000-01-01\"")]
    [InlineData("\"0000-00-00\"")]
    [InlineData("\"2020-02-30\"")]
    [InlineData("1577836800000")]
    [InlineData("-62135596801")]
    [InlineData("1e300")]
    [InlineData("true")]
    public async Task Json_TimeThatIsNone_NamesFieldAndForms(string time)
    {
        string path = _folder.Write("a.jsonl", "{\"text\":\"a\",\"time\":" + time + "}\n");

        Assert.StartsWith(
            $"{path}, line 1: field \"time\": expected an ISO 8601 date",
            await Documents.FaultAsync(path, new InputFields { Time = "time" }),
            StringComparison.Ordinal);
    }

    // A million columns: the report names some of the fields that cannot be attributes.
    [Fact]
    public async Task Csv_MillionColumns_ReadWithAShortReport()
    {
        const int Columns = 1_000_000;
        string header = string.Join(',', Enumerable.Range(0, Columns).Select(static index => "c" + index));
        string path = _folder.Write("a.csv", $"text,{header}\nhello{new string(',', Columns - 1)},x\n");
        using var source = InputSource.Open(path, new InputFields(), NewsgroupParts.None);

        InputNotes notes = new();

        InputDocument document = Assert.Single(
            await source.ReadAsync(notes, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("hello", document.Text);
        Assert.All(notes.Lines(), static line => Assert.InRange(line.Length, 1, 1000));
    }

    // I23
    [Fact]
    public async Task Csv_PandasIndexColumn_IgnoredWithoutANote()
    {
        string path = _folder.Write("a.csv", ",text,,y\n0,a,x,1\n");
        using var source = InputSource.Open(path, new InputFields(), NewsgroupParts.None);

        InputSurvey survey = await InputSurvey.ReadAsync(source, TestContext.Current.CancellationToken);

        Assert.Empty(survey.Notes.Lines());
        Assert.Equal(new Dictionary<string, string> { ["y"] = "1" }, Assert.Single(await Documents.ReadAsync(path)).Attributes);
    }

    // I08: a pipe gives its bytes once, the command reads them several times.
    [Fact]
    public async Task Pipe_ReadSeveralTimes_SameDocuments()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes in the file system are a Unix feature.");
        string pipe = _folder.At("pipe");
        await ShellAsync($"mkfifo '{pipe}'");

        using var source = InputSource.Open(pipe, new InputFields(), NewsgroupParts.None, InputFormat.Lines);
        var writer = Task.Run(() => File.WriteAllText(pipe, "a b c\nd e f\n"), TestContext.Current.CancellationToken);
        InputSurvey survey = await InputSurvey.ReadAsync(source, TestContext.Current.CancellationToken);
        await writer;

        Assert.Equal(2, survey.Documents);
        Assert.Equal(["a b c", "d e f"], (await SecondReadingAsync(survey)).Select(d => d.Text));
        Assert.Equal(["a b c", "d e f"], (await SecondReadingAsync(survey)).Select(d => d.Text));
    }

    [Theory]
    [InlineData("one\ntwo\nthree\n")]
    [InlineData("one\n")]
    [InlineData("one\nTwo\n")]
    public async Task File_ChangedBetweenTheReadings_Rejected(string changed)
    {
        string path = _folder.Write("a.txt", "one\ntwo\n");
        using var source = InputSource.Open(path, new InputFields(), NewsgroupParts.None);
        InputSurvey survey = await InputSurvey.ReadAsync(source, TestContext.Current.CancellationToken);

        _folder.Write("a.txt", changed);

        InputException fault = await Assert.ThrowsAsync<InputException>(() => SecondReadingAsync(survey));
        Assert.Equal($"{path}: changed while the command read it; run the command again", fault.Message);
    }

    // I10, I13
    [Fact]
    public async Task Folder_BinaryFilesAndDanglingLinks_SkippedAndNamed()
    {
        _folder.Write("posts/a.txt", "text");
        _folder.Write("posts/b.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]);
        _folder.Write("posts/c.zip", [(byte)'P', (byte)'K', 3, 4, 20, 0, 0, 0]);
        _folder.Write("posts/d.txt", [0xFF, 0xFE, (byte)'h', 0, (byte)'i', 0]);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(_folder.At("posts/e.txt"), _folder.At("nowhere"));
            Directory.CreateSymbolicLink(_folder.At("posts/loop"), _folder.At("posts"));
        }

        using var source = InputSource.Open(_folder.At("posts"), new InputFields(), NewsgroupParts.None);
        InputSurvey survey = await InputSurvey.ReadAsync(source, TestContext.Current.CancellationToken);

        Assert.Equal([("a.txt", "text"), ("d.txt", "hi")], (await SecondReadingAsync(survey)).Select(d => (d.Id, d.Text)));
        Assert.Equal(OperatingSystem.IsWindows() ? 2 : 3, survey.Notes.SkippedFiles);
        Assert.Contains("the first is b.png (not text)", Assert.Single(survey.Notes.Lines()), StringComparison.Ordinal);
    }

    // I14, and a name that is not UTF-8.
    [Fact]
    public async Task Folder_NamesThatOnlyUnixAllows_ReadOrSkipped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        _folder.Write("posts/back\\slash.txt", "kept");
        await ShellAsync($"printf x > '{_folder.At("posts")}'/$(printf 'caf\\351.txt')");

        InputDocument document = Assert.Single(await Documents.ReadAsync(_folder.At("posts")));

        // .NET cannot name this file, so it cannot delete it either.
        await ShellAsync($"rm -r '{_folder.At("posts")}'");

        Assert.Equal(("back\\slash.txt", "kept"), (document.Id, document.Text));
    }

    // I15
    [Theory]
    [InlineData("a.jsonl", "{\"id\":\"\",\"text\":\"a\"}\n{\"id\":null,\"text\":\"b\"}\n{\"id\":\"x\",\"text\":\"c\"}\n", "1,2,x")]
    [InlineData("a.csv", "id,text\n,a\n,b\nx,c\n", "2,3,x")]
    public async Task Ids_Empty_NumberedByLine(string name, string content, string ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string path = _folder.Write(name, content);

        Assert.Equal(ids.Split(','), (await Documents.ReadAsync(path)).Select(d => d.Key));
    }

    [Theory]
    [InlineData("a.jsonl", "{\"key\":\"\",\"text\":\"a\"}\n", ", line 1: field \"key\" is empty")]
    [InlineData("a.jsonl", "{\"key\":null,\"text\":\"a\"}\n", ", line 1: field \"key\" is empty")]
    [InlineData("a.csv", "key,text\n,a\n", ", line 2: field \"key\" is empty")]
    public async Task Ids_EmptyInANamedField_NamesTheLine(string name, string content, string fault)
    {
        string path = _folder.Write(name, content);

        Assert.Equal(path + fault, await Documents.FaultAsync(path, new InputFields(Id: "key")));
    }

    [Fact]
    public async Task Ids_OneForAllDocuments_NumberedInLinearTime()
    {
        string path = _folder.Write("a.jsonl", string.Concat(Enumerable.Repeat("{\"id\":\"x\",\"text\":\"\"}\n", 200_000)));

        List<InputDocument> documents = await Documents.ReadAsync(path);

        Assert.Equal("x#200000", documents[^1].Key);
    }

    // I16
    [Fact]
    public async Task Texts_OverTheLimit_CutAtACharacterOrSkipped()
    {
        string path = _folder.Write(
            "a.txt",
            "short\n" + new string('ä', DocumentRules.MaxTextBytes) + "\n"
            + "x" + string.Concat(Enumerable.Repeat("😀", DocumentRules.MaxTextBytes / 4)));
        using var source = InputSource.Open(path, new InputFields(), NewsgroupParts.None);

        List<InputDocument> cut = await ReadAsync(source with { LongTexts = LongTexts.Cut });
        List<InputDocument> skipped = await ReadAsync(source with { LongTexts = LongTexts.Skip });

        Assert.Equal([5, DocumentRules.MaxTextBytes, DocumentRules.MaxTextBytes - 3], cut.Select(d => Encoding.UTF8.GetByteCount(d.Text)));
        Assert.Equal(["short"], skipped.Select(d => d.Text));
        Assert.Contains("line 2: document \"2\": its text has 2,097,152 bytes", await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_OverTheLimit_NamedBeforeAnythingIsSent()
    {
        string path = _folder.Write("a.csv", $"id,text\n{new string('i', 257)},a\n");

        Assert.Contains("line 2: document \"iii", await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    // I20
    [Theory]
    [InlineData("utf-16", "a.jsonl", "{\"text\":\"hé\"}\n")]
    [InlineData("utf-16BE", "a.txt", "hé\n")]
    [InlineData("utf-16", "a.csv", "text\nhé\n")]
    [InlineData("utf-32", "a.txt", "hé\n")]
    public async Task Encoding_WideWithByteOrderMark_Read(string encoding, string name, string content)
    {
        var wide = Encoding.GetEncoding(encoding);
        string path = _folder.Write(name, [.. wide.GetPreamble(), .. wide.GetBytes(content)]);

        Assert.Equal("hé", Assert.Single(await Documents.ReadAsync(path)).Text);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\":\"hé\"}\n")]
    [InlineData("a.txt", "hé\n")]
    [InlineData("a.csv", "text\nhé\n")]
    public async Task Encoding_WideWithoutMark_SaysThatItIsNotUtf8(string name, string content)
    {
        string path = _folder.Write(name, Encoding.Unicode.GetBytes(content));

        Assert.Contains("not UTF-8 text: it contains NUL bytes", await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    // I22
    [Theory]
    [InlineData("[\n  {\"text\": \"a\"}\n]\n")]
    [InlineData("{\n  \"text\": \"a\"\n}\n")]
    public async Task Json_ValueOfSeveralLines_SaysOneObjectPerLine(string content)
    {
        string path = _folder.Write("a.json", content);

        Assert.StartsWith($"{path}, line 1: expected one JSON object per line", await Documents.FaultAsync(path), StringComparison.Ordinal);
    }

    // I28
    [Theory]
    [InlineData("a\rb\r\rc")]
    [InlineData("a\r\nb\r\n\r\nc\r\n")]
    [InlineData("a\nb\n\nc\r")]
    public async Task Lines_AnyLineEnd_OneDocumentEach(string content)
    {
        List<InputDocument> documents = await Documents.ReadAsync(_folder.Write("a.txt", content));

        Assert.Equal([("1", "a"), ("2", "b"), ("4", "c")], documents.Select(d => (d.Id, d.Text)));
    }

    [Fact]
    public async Task Lines_ReturnAtTheEndOfABuffer_OneLineEnd()
    {
        string first = new('x', (1 << 16) - 1);
        string path = _folder.Write("a.txt", first + "\r\nsecond\r\n");

        Assert.Equal([("1", first), ("2", "second")], (await Documents.ReadAsync(path)).Select(d => (d.Id, d.Text)));
    }

    // I29
    [Fact]
    public async Task Json_NumbersAndBooleans_AreAttributes()
    {
        string path = _folder.Write("a.jsonl", """{"text":"a","y":3,"stars":4.5,"new":true,"none":null,"old":false}""");

        Assert.Equal(
            new Dictionary<string, string> { ["y"] = "3", ["stars"] = "4.5", ["new"] = "true", ["old"] = "false" },
            Assert.Single(await Documents.ReadAsync(path)).Attributes);
    }

    // I31
    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("null")]
    public async Task Json_EmptyTime_Undated(string time)
    {
        string path = _folder.Write("a.jsonl", $$"""{"text":"a","t":{{time}}}""");

        Assert.Null(Assert.Single(await Documents.ReadAsync(path, new InputFields(Time: "t"))).Time);
    }

    // I33
    [Theory]
    [InlineData("jsonl")]
    [InlineData("JSONLines")]
    [InlineData("NDJSON")]
    public void Format_AnyCase_Known(string name)
    {
        Assert.True(FormatNames.TryParse(name, out InputFormat format));
        Assert.Equal(InputFormat.JsonLines, format);
    }

    private static async Task ShellAsync(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }

    private static async Task<List<InputDocument>> SecondReadingAsync(InputSurvey survey) =>
        await survey.DocumentsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<List<InputDocument>> ReadAsync(InputSource source) =>
        await source.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
