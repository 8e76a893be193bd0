using Microsoft.Playwright;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;
using TopicGrpc.Explorer.Hosting;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Map;

/// <summary>
/// A real server with a fitted version of 200 themed documents with times, authors and markup in their texts, and a version with two
/// merged topics; the page as a program of its own; and one browser. Without Chromium the tests are skipped.
/// </summary>
public sealed class MapSite : IAsyncLifetime
{
    public const string Hostile = "<script>document.title = 'hacked'</script><img src=x onerror=\"document.title = 'hacked'\">";
    private const string Chromium = "/usr/bin/chromium";

    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();
    private ServerHost? _server;
    private ExplorerHost? _explorer;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        CancellationToken token = TestContext.Current.CancellationToken;
        _server = await ServerHost.StartAsync(new ServerSettings { DataDirectory = _folder.Path, Embedder = _embedder }, token);
        using TopicGrpcClient client = new(_server.Address);
        await client.IngestAsync("news", Documents().ToAsyncEnumerable(), cancellationToken: token);
        FitRequest request = new("news", "news") { Settings = new FitSettings { MinTopicSize = 20 } };
        await client.FitAsync(request, cancellationToken: token);
        FitHandle derived = await client.Models.DeriveAsync("news@1", new MergeTopics([[0, 1]]), cancellationToken: token);
        await derived.WaitAsync(cancellationToken: token);
        Uri address = _server.Address;
        _explorer = await ExplorerHost.StartAsync(
            new ExplorerOptions { Server = () => new TopicGrpcClientOptions { Address = address } }, 0, token);
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    /// <summary>Opens the map in a context of its own and waits for its first frame.</summary>
    public async Task<OpenMap> OpenAsync(string query = "", int version = 1, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, $"{Chromium} is missing: apt-get install chromium");
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 1000 },
            ColorScheme = scheme,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(60_000);
        OpenMap map = new(context, await context.NewPageAsync(), _explorer!.Address);
        await map.Page.GotoAsync(new Uri(_explorer.Address, FormattableString.Invariant($"models/news/{version}/map{query}")).AbsoluteUri);
        await map.Page.WaitForSelectorAsync(".map[data-state=ready]");
        return map;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_explorer is not null)
        {
            await _explorer.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _embedder.Dispose();
        _folder.Dispose();
    }

    private static IEnumerable<TopicDocument> Documents() => Enumerable.Range(0, 200).Select(static index =>
        new TopicDocument(FormattableString.Invariant($"d{index:000}"), $"{ThemedTexts.Text(index)} {Hostile}")
        {
            Time = new DateTimeOffset(2020, 1, 1 + (index % 10), 0, 0, 0, TimeSpan.Zero),
            Attributes = new Dictionary<string, string> { ["author"] = index % 2 == 0 ? "ann" : Hostile },
        });
}
