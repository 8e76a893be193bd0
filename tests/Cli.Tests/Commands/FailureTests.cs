using System.Net;
using System.Net.Sockets;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Commands;

/// <summary>Wrong input: one line on standard error, nothing on standard output, an exit code that is not 0.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_BrokenJsonLine_NamesFileAndLine()
    {
        string input = _folder.Write("a.jsonl", "{\"text\":\"fine\"}\n{\"text\": \n");

        CliRun run = await CliRun.OfAsync("ingest", input, "--server", "127.0.0.1:9");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal($"topicgrpc: {input}, line 2: not valid JSON at byte 10: the value is incomplete", run.OneLine());
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Ingest_ManyColumnsWithoutText_NamesTheFirst()
    {
        string input = _folder.Write("a.csv", string.Join(',', Enumerable.Range(0, 100_000).Select(static column => $"c{column}")) + "\n");

        CliRun run = await CliRun.OfAsync("ingest", input, "--server", "127.0.0.1:9");

        Assert.EndsWith("\"c18\", \"c19\" and 99,980 more; choose another with --text-field)", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_NameOfManyCharacters_OneBoundedLineThatKeepsTheEnd()
    {
        string input = _folder.Write("a.csv", new string('x', 1_000_000) + "\nvalue\n");

        CliRun run = await CliRun.OfAsync("ingest", input, "--server", "127.0.0.1:9");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.InRange(run.OneLine().Length, 1000, Failure.MostCharacters + 20);
        Assert.EndsWith("choose another with --text-field)", run.OneLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void OneLine_EmojiAtTheCut_StaysWhole(int shift)
    {
        string line = Failure.OneLine(new string('a', shift) + string.Concat(Enumerable.Repeat("😀", 5000)));

        Assert.Equal(line, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(line)));
        Assert.InRange(line.Length, Failure.MostCharacters - 2, Failure.MostCharacters);
    }

    [Fact]
    public async Task Fit_UnknownSettingsKey_NamesTheKey()
    {
        string input = _folder.Write("a.jsonl", "{\"text\":\"fine\"}\n");
        string settings = _folder.Write("s.json", """{"nr_topic": 3}""");

        CliRun run = await CliRun.OfAsync("fit", input, "--settings", settings, "--out", _folder.At("out"));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.StartsWith(
            $"topicgrpc: {settings}: unknown key nr_topic; the nearest known key is ", run.OneLine(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public async Task Ingest_NoDocument_Fault()
    {
        string input = _folder.Write("a.jsonl", "\n");

        CliRun run = await CliRun.OfAsync("ingest", input, "--server", "127.0.0.1:9");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal($"topicgrpc: {input}: contains no document", run.OneLine());
    }

    [Fact]
    public async Task Ingest_UnknownPart_NamesTheChoices()
    {
        string input = _folder.Write("a.jsonl", "{\"text\":\"fine\"}\n");

        CliRun run = await CliRun.OfAsync("ingest", input, "--strip", "headers,footnotes");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal("topicgrpc: --strip: \"footnotes\" is not one of headers, footers, quotes, all", run.OneLine());
    }

    [Theory]
    [InlineData("predict", "news", "a text")]
    [InlineData("topics", "news")]
    [InlineData("models")]
    public async Task AnyCommand_NoServer_SaysWhereItLooked(params string[] arguments)
    {
        int port = LoopbackPort.Free().Port;

        CliRun run = await CliRun.OfAsync([.. arguments, "--server", $"127.0.0.1:{port}"]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.StartsWith(
            $"topicgrpc: no server answers at http://127.0.0.1:{port}/; start one with \"topicgrpc serve\"",
            run.OneLine(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("chart", "news", "--kind", "pie")]
    [InlineData("nonsense")]
    [InlineData("serve", "--port", "many")]
    public async Task AnyCommand_WrongArguments_OneLineThatPointsToHelp(params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.EndsWith("(see --help)", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_ServerThatIsNoAddress_Fault()
    {
        CliRun run = await CliRun.OfAsync("models", "--server", "ftp://x");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.StartsWith("topicgrpc: --server: \"ftp://x\" is not an address", run.OneLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("predict", " ", "a text")]
    [InlineData("topics", "")]
    [InlineData("models", "delete", "")]
    [InlineData("chart", "")]
    public async Task AnyCommand_EmptyModel_IsOneLine(params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.StartsWith("topicgrpc: the name of the model is empty", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MissingFolder_IsBadInput()
    {
        CliRun run = await CliRun.OfAsync("models", "import", _folder.At("none"), "--server", "127.0.0.1:9");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(_folder.At("none"), run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NoEncoder_SaysWhichFileIsMissing()
    {
        CliRun run = await CliRun.OfAsync("serve", "--port", "0", "--data", _folder.At("data"), "--encoder", _folder.At("none"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains(_folder.At("none"), run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortInUse_SaysWhichPort()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        CliRun run = await CliRun.OfAsync("serve", "--port", port, "--data", _folder.At("data"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains(port, run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("in use", run.OneLine(), StringComparison.Ordinal);
    }

    // O07: a comma means a fraction in one country and thousands in another.
    [Theory]
    [InlineData("topics", "outliers", "news@1", "--threshold", "0,1")]
    [InlineData("topics", "outliers", "news@1", "--threshold", "NaN")]
    [InlineData("models", "merge", "news", "press@1", "--min-similarity", "0,7")]
    [InlineData("models", "traffic", "news", "--shadow", "2", "--sample", "1,000")]
    [InlineData("chart", "news", "--sample", "0,5")]
    [InlineData("chart", "news", "--topics", "1,000")]
    [InlineData("topics", "over-time", "news", "--bins", "1.5")]
    [InlineData("topics", "delete", "news@1", "1,2")]
    [InlineData("topics", "per-class", "news", "--attribute", "y", "--topic", "99999999999")]
    [InlineData("serve", "--port", "5 400")]
    public async Task AnyCommand_NumberInAnotherForm_NamesOptionAndValue(params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CliRun run = await CliRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"\"{arguments[^1]}\" is not a ", run.OneLine(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Errors, StringComparison.Ordinal);
    }

    // Q06
    [Theory]
    [InlineData("0")]
    [InlineData("-0.5")]
    [InlineData("1.5")]
    public async Task Chart_SampleOutsideItsRange_Rejected(string sample)
    {
        CliRun run = await CliRun.OfAsync("chart", "news", "--sample", sample);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.StartsWith($"topicgrpc: --sample: must be above 0 and at most 1, {sample} given.", run.OneLine(), StringComparison.Ordinal);
    }

    // I33
    [Fact]
    public async Task Ingest_UnknownFormat_NamesTheFormats()
    {
        string input = _folder.Write("a.log", "text");

        CliRun run = await CliRun.OfAsync("ingest", input, "--format", "xlsx");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal("topicgrpc: --format: \"xlsx\" is not one of jsonlines, csv, tsv, lines, parquet, arrow", run.OneLine());
    }

    // V08: an unset variable of the shell, or a name that no server can have.
    [Theory]
    [InlineData("predict", "News Model", "a text")]
    [InlineData("predict", "@7", "a text")]
    [InlineData("predict", "news@", "a text")]
    [InlineData("models", "compare", "", "--from", "1")]
    [InlineData("models", "label", "news@1", "")]
    [InlineData("models", "traffic", "")]
    [InlineData("models", "export", "")]
    [InlineData("models", "import", "")]
    [InlineData("topics", "search", "news", "")]
    [InlineData("ingest", "")]
    [InlineData("fit", "")]
    [InlineData("ingest", "posts.txt", "--corpus", "")]
    [InlineData("predict", "news", "")]
    public async Task AnyCommand_NameThatIsNone_OneLine(params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync([.. arguments, "--server", $"127.0.0.1:{LoopbackPort.Free().Port}"]);

        Assert.Contains(run.ExitCode, (int[])[ExitCodes.Failed, ExitCodes.BadInput]);
        Assert.DoesNotContain("unexpected error", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_UnreadableFile_NamesIt()
    {
        string input = _folder.Write("a.jsonl.gz", "plain");

        CliRun run = await CliRun.OfAsync("ingest", input);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.StartsWith($"topicgrpc: {input}, line 1: not valid gzip data", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_Trace_AddsTheStackTrace()
    {
        CliRun run = await CliRun.OfAsync("ingest", _folder.At("none.txt"), "--trace");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("   at TopicGrpc.Cli.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_UnknownException_OneLineThatNamesTheTraceOption()
    {
        (string message, int code) = Failure.Explain(new AggregateException(new ArgumentException("Wrong.", nameof(message))));

        Assert.Equal(("unexpected error: Wrong (ArgumentException); --trace shows where", ExitCodes.Failed), (message, code));
    }
}
