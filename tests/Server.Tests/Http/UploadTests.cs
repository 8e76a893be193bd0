using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Http;

public sealed class UploadTests
{
    private const string Path = "/api/v1/corpora/news/documents:ingest";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Lines_AreStoredAndAcknowledged()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(Path, Lines(0, 2500), "application/x-ndjson");

        JsonNode[] events = Events(answer);
        Assert.NotNull(events[0]["opened"]!["session"]);
        Assert.Equal("2500", events[^2]["ack"]!["committedOffset"]!.GetValue<string>());
        Assert.Equal("2500", events[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
        Assert.Equal(2500, await CountAsync(server));
    }

    [Fact]
    public async Task Post_LinesWithEmbeddings_AreStoredOrRejectedAlone()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);
        byte[] lines = Encoding.UTF8.GetBytes(
            """
            {"id": "a", "text": "one", "embedding": [0.6, 0.8]}
            {"id": "b", "text": "two", "embedding": [1]}
            {"id": "c", "text": "three", "embedding": [1, "NaN"]}
            {"id": "d", "text": "four", "embedding": [1e38, -1]}
            """);

        JsonNode[] events = Events(await http.PostAsync(Path, lines, "application/x-ndjson"));

        Assert.Equal(2, events[1]["ack"]!["acceptedCount"]!.GetValue<int>());
        Assert.Equal(["1", "2"], events[1]["ack"]!["rejections"]!.AsArray().Select(static item => item!["offset"]!.GetValue<string>()));
        Assert.Equal(2, events[^1]["closed"]!["corpus"]!["givenEmbeddings"]!["dimension"]!.GetValue<int>());
    }

    [Fact]
    public async Task Post_Gzip_IsDecompressed()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(Path, Gzip(Lines(0, 1000)), "application/x-ndjson", ("Content-Encoding", "gzip"));

        Assert.Equal("1000", Events(answer)[^1]["closed"]!["session"]!["nextOffset"]!.GetValue<string>());
        Assert.Equal(1000, await CountAsync(server));
    }

    [Fact]
    public async Task Post_SameSessionAgain_StoresOnce()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);
        await http.PostAsync(Path + "?sessionId=s1", Lines(0, 10), "application/x-ndjson");

        JsonNode[] again = Events(await http.PostAsync(Path + "?sessionId=s1", Lines(0, 15), "application/x-ndjson"));
        JsonNode[] rest = Events(await http.PostAsync(Path + "?sessionId=s1&offset=15", Lines(15, 5), "application/x-ndjson"));

        Assert.Equal("10", again[0]["opened"]!["session"]!["nextOffset"]!.GetValue<string>());
        Assert.Equal("15", again[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
        Assert.Equal("20", rest[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_Gap_HasTheReasonOfGrpc()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(Path + "?sessionId=s1&offset=5", Lines(5, 5), "application/x-ndjson");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("OFFSET_GAP", answer.Reason);
        Assert.Equal(0, await CountAsync(server));
    }

    [Fact]
    public async Task Post_DocumentThatBreaksALimit_IsRejectedAndTheRestStored()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);
        string lines = $$$"""
            {"id": "a", "text": "one"}

            {"id": "{{{new string('x', 300)}}}", "text": "two"}
            {"id": "c", "text": "three", "eventTime": "2026-01-31T12:00:00Z", "attributes": {"source": "wire"}}
            """;

        JsonNode[] events = Events(await http.PostAsync(Path, Encoding.UTF8.GetBytes(lines), "application/x-ndjson"));

        JsonNode rejection = Assert.Single(events.SelectMany(static line => line["ack"]?["rejections"]?.AsArray() ?? []))!;
        Assert.Equal("1", rejection["offset"]!.GetValue<string>());
        Assert.Equal("2", events[^1]["closed"]!["corpus"]!["documentCount"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"id\": \"a\", \"txt\": \"one\"}", "lines[1].'txt'", "is not a field of Document")]
    [InlineData("{\"id\": 1}", "lines[1].id", "must be a JSON string")]
    [InlineData("\n\n{\"id\": \"a\", \"eventTime\": \"yesterday\"}", "lines[3].event_time", "must be a time such as 2026-01-31T12:00:00Z")]
    [InlineData("[1]", "lines[1].body", "must be a JSON object")]
    [InlineData("plain text", "lines[1].body", "must be well-formed JSON; the error is in line 1, byte 0")]
    public async Task Post_FirstLineIsNoDocument_IsAnHttpError(string body, string field, string description)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(Path, Encoding.UTF8.GetBytes(body), "application/x-ndjson");

        Assert.Equal(description, answer.Violation(field));
        Assert.Equal(0, await CountAsync(server));
    }

    [Fact]
    public async Task Post_LaterLineIsNoDocument_StoresTheLinesBefore()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        JsonNode[] events = Events(await http.PostAsync(Path, [.. Lines(0, 100), .. "{]\n"u8, .. Lines(100, 5)], "application/x-ndjson"));

        Assert.Equal("100", events[^2]["ack"]!["committedOffset"]!.GetValue<string>());
        Assert.Contains("lines[101]", events[^1]["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(100, await CountAsync(server));
    }

    [Theory]
    [InlineData("/api/v1/corpora/none/documents:ingest", 404, "CORPUS_NOT_FOUND")]
    [InlineData("/api/v1/corpora/news/documents:ingest?size=1", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/corpora/news/documents:ingest?offset=-1", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/corpora/news/documents:ingest?sessionId=a%20b", 400, "INVALID_FIELD")]
    public async Task Post_WrongTarget_IsRejected(string path, int status, string reason)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer answer = await http.PostAsync(path, Lines(0, 1), "application/x-ndjson");

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(reason, answer.Reason);
    }

    [Fact]
    public async Task Post_NoGzip_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        HttpAnswer plain = await http.PostAsync(Path, Lines(0, 1), "application/x-ndjson", ("Content-Encoding", "gzip"));
        HttpAnswer other = await http.PostAsync(Path, Lines(0, 1), "application/x-ndjson", ("Content-Encoding", "br"));

        Assert.Equal("must be gzip, as Content-Encoding says", plain.Violation("body"));
        Assert.Equal("must be gzip or absent", other.Violation("Content-Encoding"));
    }

    [Fact]
    public async Task Post_EndlessLine_IsRejectedWithBoundedMemory()
    {
        await using TestServer server = await TestServer.StartAsync(
            ("Server:MaxMessageBytes", "2097152"), ("Ingest:MaxChunkBytes", "2097152"));
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);

        // 64 MiB of one character compress to 64 KiB.
        byte[] body = Gzip([.. Enumerable.Repeat((byte)'a', 64 << 20)]);
        HttpAnswer answer = await http.PostAsync(Path, body, "application/x-ndjson", ("Content-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("INPUT_TOO_LARGE", answer.Reason);
    }

    [Fact]
    public async Task Post_OpenBody_IsAcknowledgedBeforeItsEnd()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("news");
        using HttpCalls http = new(server);
        Pipe pipe = new();
        using HttpRequestMessage request = new(HttpMethod.Post, Path)
        {
            Content = new OpenContent(pipe.Reader) { Headers = { { "Content-Type", "application/x-ndjson" } } },
        };
        await pipe.Writer.WriteAsync(Lines(0, 3), Token);
        using HttpResponseMessage response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(Token));

        Assert.Contains("\"opened\"", await lines.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.Contains("\"ack\"", await lines.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(server));
        await pipe.Writer.CompleteAsync();
        Assert.Contains("\"closed\"", await lines.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<long> CountAsync(TestServer server) =>
        (await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus.DocumentCount;

    private static byte[] Lines(int from, int count) =>
        Encoding.UTF8.GetBytes(string.Concat(
            Enumerable.Range(from, count).Select(static index => $$"""{"id": "d{{index}}", "text": "text number {{index}}"}""" + "\n")));

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    private static JsonNode[] Events(HttpAnswer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.Equal("application/x-ndjson", answer.MediaType);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
    }

    /// <summary>A body that grows while the response is read. HttpClient would send a StreamContent completely before it reads.</summary>
    private sealed class OpenContent(PipeReader reader) : HttpContent
    {
        [SuppressMessage(
            "Reliability",
            "CA2000:Dispose objects before losing scope",
            Justification = "It owns nothing; the caller disposes the inner stream.")]
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            reader.CopyToAsync(new FlushingStream(stream));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class FlushingStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }
    }
}
