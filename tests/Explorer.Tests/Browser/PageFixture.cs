using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(TopicGrpc.Explorer.Tests.Browser.PageFixture))]

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>Chromium of the system and the server with the sample, started once, at the first test that needs them.</summary>
public sealed class PageFixture : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private SampleServer? _server;

    internal SampleServer Server => _server!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a page in a browser context of its own. Skips the test if the machine has no Chromium.</summary>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="scheme">Dark or light.</param>
    internal Task<VisitedPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light) => OpenAsync(null, width, scheme);

    /// <summary>Opens a page of a server in a browser context of its own. Skips the test if the machine has no Chromium.</summary>
    /// <param name="root">Address of the server's page; null for the server with the sample.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="scheme">Dark or light.</param>
    internal async Task<VisitedPage> OpenAsync(Uri? root, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        string? program = Programs.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Chromium is not installed: apt-get install chromium");
        await StartAsync(program!);
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        context.SetDefaultTimeout(60_000);
        return new VisitedPage(await context.NewPageAsync(), root ?? _server!.Page);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task StartAsync(string program)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _server ??= await SampleServer.StartAsync(cancellationToken);
            Assertions.SetDefaultExpectTimeout(60_000);
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args =
                [
                    "--no-sandbox",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}
