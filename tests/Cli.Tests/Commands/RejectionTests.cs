using System.Text.Json;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Commands;

/// <summary>A rejection by the server is one line with field and limit.</summary>
public sealed class RejectionTests : IAsyncLifetime
{
    private const int MaxTextBytes = 1 << 20;

    private readonly TempFolder _folder = new();
    private ServerHost? _server;

    private string Server => _server!.Address.Authority;

    public async ValueTask InitializeAsync() =>
        _server = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("data"), Precision = "fast" }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ingest_TextOverTheLimit_NamesDocumentAndLimit()
    {
        string input = _folder.Write(
            "a.jsonl", $"{{\"id\":\"big\",\"text\":\"{new string('x', MaxTextBytes + 1)}\"}}\n{{\"id\":\"empty\",\"text\":\"\"}}\n");

        CliRun run = await CliRun.OfAsync("ingest", input, "--server", Server);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal(
            $"topicgrpc: {input}, line 1: document \"big\": its text has 1,048,577 bytes; at most 1,048,576 are allowed "
            + "(--long-texts cut or skip)",
            run.OneLine());
        CliRun cut = await CliRun.OfAsync("ingest", input, "--server", Server, "--long-texts", "cut", "--json");
        Assert.Equal((0, ""), (cut.ExitCode, cut.Errors));
        Assert.Equal(2, JsonDocument.Parse(cut.Output).RootElement.GetProperty("accepted").GetInt64());
    }

    // F11: the id stays, the content changes; the new content is not stored, and the command says so.
    [Fact]
    public async Task Ingest_FileChangedIntoTheSameCorpus_ReportsStoredKnownAndConflicting()
    {
        string folder = _folder.At("posts");
        _folder.Write("posts/a.txt", "first");
        _folder.Write("posts/b.txt", "second");
        CliRun first = await CliRun.OfAsync("ingest", folder, "--corpus", "posts", "--server", Server);
        _folder.Write("posts/a.txt", "FIRST");
        _folder.Write("posts/c.txt", "third");

        CliRun second = await CliRun.OfAsync("ingest", folder, "--corpus", "posts", "--server", Server);

        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Equal(ExitCodes.Failed, second.ExitCode);
        Assert.Contains("3 documents; 1 stored, 1 already known, 1 conflicting", second.Output, StringComparison.Ordinal);
        Assert.StartsWith("topicgrpc: documents rejected: 1; the first is \"a.txt\": ", second.OneLine(), StringComparison.Ordinal);
    }

    // F11: other documents under the id of a session, after a restart of the server.
    [Fact]
    public async Task Ingest_SameSessionOtherDocuments_AlreadyExists()
    {
        IngestOptions options = new() { SessionId = "same" };
        using (TopicGrpcClient client = new(new TopicGrpcClientOptions { Address = _server!.Address }))
        {
            await client.Corpora.CreateAsync("sessions", cancellationToken: TestContext.Current.CancellationToken);
            await client.Corpora.IngestAsync("sessions", Of("first"), options, cancellationToken: TestContext.Current.CancellationToken);
        }

        await _server.DisposeAsync();
        await InitializeAsync();
        using TopicGrpcClient again = new(new TopicGrpcClientOptions { Address = _server.Address });
        IngestResult same = await again.Corpora.IngestAsync(
            "sessions", Of("first"), options, cancellationToken: TestContext.Current.CancellationToken);
        IngestRejectedException fault = await Assert.ThrowsAsync<IngestRejectedException>(() =>
            again.Corpora.IngestAsync("sessions", Of("second"), options, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((50, 0), (same.Documents, same.Rejected));
        Assert.Equal((TopicGrpcStatus.AlreadyExists, "DOCUMENT_CONFLICT"), (fault.Status, fault.Reason));
        Assert.True(fault.Result.Conflicts > 0);

        static IAsyncEnumerable<TopicDocument> Of(string name) =>
            Enumerable.Range(0, 50).Select(i => new TopicDocument($"{name}-{i}", $"{name} text {i}")).ToAsyncEnumerable();
    }

    // I29: what cannot be an attribute is named.
    [Fact]
    public async Task Ingest_FieldsThatAreNoAttributes_Named()
    {
        string input = _folder.Write("fields.jsonl", $$"""{"text":"a","y":3,"tags":["x"],"note":"{{new string('n', 300)}}"}""");

        CliRun run = await CliRun.OfAsync("ingest", input, "--server", Server);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("\"note\" (more than 256 bytes) in 1 documents", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"tags\" (an array) in 1 documents", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"y\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_TextOverTheLimitOrEmpty_NamesTheField()
    {
        CliRun big = await CliRun.OfAsync("predict", "news", new string('x', MaxTextBytes + 1), "--server", Server);
        CliRun empty = await CliRun.OfAsync("predict", "news", " ", "--server", Server);

        Assert.Equal((ExitCodes.BadInput, ExitCodes.BadInput), (big.ExitCode, empty.ExitCode));
        Assert.Equal("topicgrpc: text: at most 1048576 bytes, 1048577 given.", big.OneLine());
        Assert.Equal("topicgrpc: text: must contain more than white space.", empty.OneLine());
    }

    [Fact]
    public async Task Fit_TooFewDocuments_SaysHowManyAreNeeded()
    {
        string input = _folder.Write("few.txt", "one\ntwo\n");

        CliRun run = await CliRun.OfAsync("fit", input, "--server", Server, "--out", _folder.At("out"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("has 2 documents; these settings need at least ", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_SameCommandTwice_NothingSentAgain()
    {
        string input = _folder.Write("twice.jsonl", "{\"text\":\"one\",\"label\":\"a\"}\n{\"text\":\"\"}\n");

        CliRun first = await CliRun.OfAsync("ingest", input, "--server", Server, "--json");
        CliRun second = await CliRun.OfAsync("ingest", input, "--server", Server, "--json");

        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.Equal((0, ""), (second.ExitCode, second.Errors));
        Assert.Equal(2, JsonDocument.Parse(first.Output).RootElement.GetProperty("accepted").GetInt64());
        Assert.Equal(2, JsonDocument.Parse(second.Output).RootElement.GetProperty("documents").GetInt64());
        Assert.Equal(0, JsonDocument.Parse(second.Output).RootElement.GetProperty("duplicates").GetInt64());
    }
}
