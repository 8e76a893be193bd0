using System.Collections.Concurrent;
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

    /// <summary>Waits until the view shows its heading and loads nothing.</summary>
    public async Task LoadedAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Page.WaitForFunctionAsync("() => !document.querySelector('.loading')");
    }

    /// <summary>Waits for a text on the page.</summary>
    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
