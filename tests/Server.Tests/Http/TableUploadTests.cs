using System.Net;
using System.Text.Json.Nodes;
using TopicGrpc.Tables.Writing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Http;

public sealed class TableUploadTests
{
    private const string Path = "/api/v1/corpora/news/documents:ingest";
    private const string Parquet = "application/vnd.apache.parquet";
    private const string ArrowFile = "application/vnd.apache.arrow.file";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Parquet)]
    [InlineData(ArrowFile)]
    [InlineData("application/vnd.apache.arrow.stream")]
    public async Task Post_Table_IsStoredAndAcknowledged(string type)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(
            Path + "?sessionId=s1&textColumn=body&timeColumn=at&attribute=source", await TableAsync(type, 2500), type);

        JsonNode[] events = Events(answer);
        Assert.Equal("2500", events[^2]["ack"]!["committedOffset"]!.GetValue<string>());
        Assert.Equal("2500", events[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
        Assert.Empty(Directory.GetFileSystemEntries(System.IO.Path.Combine(server.DataDirectory, "staging")));
    }

    [Fact]
    public async Task Post_SameTableAgain_StoresOnce()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);
        byte[] table = await TableAsync(Parquet, 50);
        string path = Path + "?sessionId=s1&textColumn=body";
        await http.PostAsync(path, table, Parquet);

        JsonNode[] again = Events(await http.PostAsync(path, table, Parquet));
        JsonNode[] other = Events(await http.PostAsync(path.Replace("s1", "s2", StringComparison.Ordinal), table, Parquet));

        Assert.Equal("50", again[0]["opened"]!["session"]!["nextOffset"]!.GetValue<string>());
        Assert.Equal("50", again[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
        Assert.Equal("50", other[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_RowWithoutText_StoresTheRowsBeforeAndNamesIt()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        JsonNode[] events = Events(await http.PostAsync(Path + "?textColumn=body", await TableAsync(Parquet, 100, nullRow: 60), Parquet));

        Assert.Equal("59", events[^2]["ack"]!["committedOffset"]!.GetValue<string>());
        Assert.Contains("rows[60].'body'", events[^1]["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(59, await CountAsync(server));
    }

    [Theory]
    [InlineData("", "body", "no column \"text\" (columns: \"id\", \"body\", \"at\", \"source\"; choose another with textColumn)")]
    [InlineData("?textColumn=at", "body", "column \"at\" has the type timestamp; text is expected (textColumn)")]
    [InlineData(
        "?column=body",
        "'column'",
        "is no parameter of an upload: sessionId, offset, textColumn, idColumn, timeColumn, embeddingColumn and attribute are")]
    public async Task Post_WrongColumns_AreAnHttpError(string query, string field, string description)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(Path + query, await TableAsync(Parquet, 3), Parquet);

        Assert.Equal(description, answer.Violation(field));
        Assert.Equal(0, await CountAsync(server));
    }

    [Theory]
    [InlineData(Parquet, "Parquet file that is cut off: it does not end with PAR1")]
    [InlineData(ArrowFile, "Arrow data that are cut off: the end mark of the stream is missing")]
    public async Task Post_TableThatIsCutOff_IsRejected(string type, string description)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);
        byte[] table = await TableAsync(type, 10);

        HttpAnswer answer = await http.PostAsync(Path + "?textColumn=body", table[..200], type);

        Assert.Equal(description, answer.Violation("body"));
    }

    [Fact]
    public async Task Post_ParquetAboveTheLimit_IsRejectedAndRemoved()
    {
        await using TestServer server = await TestServer.StartAsync(("Ingest:MaxTableBytes", "1048576"));
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(Path, new byte[(1 << 20) + 1], Parquet);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("INPUT_TOO_LARGE", answer.Reason);
        Assert.Empty(Directory.GetFileSystemEntries(System.IO.Path.Combine(server.DataDirectory, "staging")));
    }

    private static Task<byte[]> TableAsync(string type, int rows, int nullRow = 0) =>
        UploadedTable.WriteAsync(type == Parquet ? OutputFormat.Parquet : OutputFormat.Arrow, rows, "at", nullRow);

    private static async Task<long> CountAsync(TestServer server) =>
        (await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus.DocumentCount;

    private static JsonNode[] Events(HttpAnswer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
    }
}
