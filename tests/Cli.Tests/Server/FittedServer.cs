using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>
/// A real server with the fake encoder: corpus <c>news</c> of 200 themed texts with times and authors, version 1 of model <c>news</c>
/// labelled <c>stable</c>.
/// </summary>
public sealed class FittedServer : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private ServerHost? _host;

    /// <summary>Data folder of the server.</summary>
    public string DataDirectory => _folder.Path;

    public Uri Address => _host!.Address;

    public async ValueTask InitializeAsync()
    {
        _host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.Path, Embedder = _embedder }, TestContext.Current.CancellationToken);
        using TopicGrpcClient client = new(_host.Address);
        await client.Corpora.CreateAsync("news", cancellationToken: TestContext.Current.CancellationToken);
        await client.Corpora.IngestAsync("news", Documents().ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken);
        await client.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Runs the tool against the server and reads what it writes for machines.</summary>
    internal async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        CliRun run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == ExitCodes.Ok, run.Errors);
        return JsonNode.Parse(run.Output)!;
    }

    internal Task<CliRun> RunAsync(params string[] arguments) => CliRun.OfAsync([.. arguments, "--server", _host!.Address.Authority]);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _embedder.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<TopicDocument> Documents() => Enumerable.Range(0, 200).Select(static index =>
        new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index))
        {
            Time = new DateTimeOffset(2020, 1, 1 + (index % 10), 0, 0, 0, TimeSpan.Zero),
            Attributes = new Dictionary<string, string> { ["author"] = index % 2 == 0 ? "ann" : "bob" },
        });
}
