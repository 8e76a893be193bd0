using Microsoft.Playwright;

namespace TopicGrpc.Explorer.Tests.Map;

/// <summary>A map in a browser, with everything that went wrong on its page.</summary>
public sealed class OpenMap : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public OpenMap(IBrowserContext context, IPage page, Uri origin)
    {
        _context = context;
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(origin);
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Problems.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Problems.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("ws:", StringComparison.Ordinal))
            {
                Problems.Add("leaves the origin: " + request.Url);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the content security policy, and requests to other origins.</summary>
    public List<string> Problems { get; } = [];

    public ILocator Stage => Page.Locator(".map-stage");

    public ILocator Status => Page.Locator(".map-status");

    /// <summary>Draws a lasso around the whole stage.</summary>
    public async Task LassoAsync()
    {
        const float Margin = 2;
        LocatorBoundingBoxResult box = (await Stage.BoundingBoxAsync())!;
        (float left, float top, float right, float bottom) = (Margin, Margin, box.Width - Margin, box.Height - Margin);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Lasso" }).ClickAsync();
        await Page.Mouse.MoveAsync(box.X + left, box.Y + top);
        await Page.Mouse.DownAsync();
        foreach ((float x, float y) in ((float, float)[])[(right, top), (right, bottom), (left, bottom), (left, top)])
        {
            await Page.Mouse.MoveAsync(box.X + x, box.Y + y, new() { Steps = 4 });
        }

        await Page.Mouse.UpAsync();
    }

    /// <summary>Moves the pointer over the stage until it is above a point.</summary>
    public async Task HoverAsync()
    {
        LocatorBoundingBoxResult box = (await Stage.BoundingBoxAsync())!;
        for (float y = 20; y < box.Height; y += 14)
        {
            for (float x = 20; x < box.Width; x += 14)
            {
                await Page.Mouse.MoveAsync(box.X + x, box.Y + y);
                if (await Page.Locator(".map-card:visible").CountAsync() > 0)
                {
                    return;
                }
            }
        }

        Assert.Fail("No point has a card.");
    }

    /// <summary>Exports the map and returns the path of the file.</summary>
    public async Task<string> ExportAsync(string name, string folder)
    {
        await Page.Locator(".map-export summary").ClickAsync();
        IDownload download = await Page.RunAndWaitForDownloadAsync(
            () => Page.Locator(".map-export button", new() { HasText = name }).ClickAsync());
        string path = Path.Combine(folder, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        await Page.Locator(".map-export summary").ClickAsync();
        return path;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
