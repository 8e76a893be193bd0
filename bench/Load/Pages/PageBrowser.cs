using Microsoft.Playwright;

namespace TopicGrpc.Load.Pages;

/// <summary>
/// Chromium of the system, with software rendering. It and the driver can run at idle priority, because the browsers of visitors run on
/// other machines than the server.
/// </summary>
internal sealed class PageBrowser : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly DirectoryInfo? _folder;

    private PageBrowser(IPlaywright playwright, IBrowser browser, DirectoryInfo? folder)
    {
        _playwright = playwright;
        _browser = browser;
        _folder = folder;
    }

    /// <summary>Path of Chromium; null if it is not installed.</summary>
    public static string? Program => Programs.FirstOrDefault(File.Exists);

    public string Version => _browser.Version;

    /// <summary>Starts the browser.</summary>
    /// <param name="isIdle">Whether browser and driver run only when no other process wants a core.</param>
    public static async Task<PageBrowser> StartAsync(bool isIdle)
    {
        DirectoryInfo? folder = isIdle ? Directory.CreateTempSubdirectory("topicgrpc-browser-") : null;
        if (folder is not null)
        {
            string node = Path.Combine(AppContext.BaseDirectory, ".playwright", "node", "linux-x64", "node");
            Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", Idle(folder, node));
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = folder is null ? Program : Idle(folder, Program!),
            Args =
            [
                "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
        return new PageBrowser(playwright, browser, folder);
    }

    /// <summary>Opens a page with a cache and a session of its own.</summary>
    public async Task<IPage> OpenAsync()
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(300_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _folder?.Delete(recursive: true);
    }

    /// <summary>Writes a script that runs a program at idle priority.</summary>
    private static string Idle(DirectoryInfo folder, string program)
    {
        string script = Path.Combine(folder.FullName, Path.GetFileName(program));
        File.WriteAllText(script, $"#!/bin/sh\nexec chrt --idle 0 '{program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return script;
    }
}
