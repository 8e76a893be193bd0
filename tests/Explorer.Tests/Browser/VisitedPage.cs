using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>A page of the browser that records errors and requests to other origins.</summary>
internal sealed class VisitedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly Uri _root;

    public VisitedPage(IPage page, Uri root)
    {
        Page = page;
        _root = root;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Request += (_, request) =>
        {
            Uri target = new(request.Url);
            if (target.Scheme is not ("data" or "blob") && target.Authority != root.Authority)
            {
                _faults.Enqueue($"request to another origin: {request.Url}");
            }
        };
    }

    /// <summary>
    /// Options that wait for an address only. A view that replaces another one without a load of the page has no event to wait for.
    /// </summary>
    public static PageWaitForURLOptions OnceShown { get; } = new() { WaitUntil = WaitUntilState.Commit };

    public IPage Page { get; }

    /// <summary>Errors of scripts, violations of the content policy, and requests to other origins so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Opens a view and waits until it is loaded.</summary>
    /// <param name="path">Address below the page.</param>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(_root, path).AbsoluteUri);
        await LoadedAsync();
    }

    /// <summary>Waits until the view shows its heading and loads nothing; a map has drawn its points, or says why not.</summary>
    public async Task LoadedAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Page.WaitForFunctionAsync(
            """
            () => !document.querySelector(".loading")
              && (!document.querySelector(".map:not([data-state=ready])") || document.querySelector("main [role=alert]"))
            """);
    }

    /// <summary>Waits for a text on the page.</summary>
    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Presses a button.</summary>
    /// <param name="name">Its text.</param>
    public Task ClickAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Signs in and waits for a view.</summary>
    /// <param name="credential">Secret of a key.</param>
    /// <param name="path">Address of the view below the page.</param>
    public async Task SignInAsync(string credential, string path)
    {
        await Page.GotoAsync(new Uri(_root, $"sign-in?return={Uri.EscapeDataString(path)}").AbsoluteUri);
        await Page.GetByLabel("API key or token").FillAsync(credential);
        await ClickAsync("Sign in");
        await Page.WaitForURLAsync(new Uri(_root, path).AbsoluteUri, OnceShown);
        await LoadedAsync();
    }

    /// <summary>Requires that axe finds nothing serious, contrast included.</summary>
    /// <param name="state">What the page shows.</param>
    public async Task RequireAccessibleAsync(string state)
    {
        AxeResult result = await Page.RunAxe();
        string[] serious =
        [
            .. result.Violations.Where(static rule => rule.Impact is "serious" or "critical").Select(static rule =>
                $"{rule.Id}: {rule.Help}: {string.Join(" | ", rule.Nodes.Select(static node => node.Html))}"),
        ];
        Assert.True(serious.Length == 0, $"{state}: {string.Join('\n', serious)}");
    }

    /// <summary>Requires that the page needs no horizontal scrolling.</summary>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="state">What the page shows.</param>
    public async Task RequireWidthAsync(int width, string state)
    {
        int needed = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(needed <= width, $"{state}: {needed} pixels wide on a screen of {width}");
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
