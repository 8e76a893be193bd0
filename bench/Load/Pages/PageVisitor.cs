using Microsoft.Playwright;

namespace TopicGrpc.Load.Pages;

/// <summary>A person who goes through the views of a model, with a pause to look at each.</summary>
internal sealed class PageVisitor(IPage page, Uri root, string model, string compared)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly string[] Questions =
    [
        "The cost of health care and insurance", "Rockets, orbits and a telescope", "A season of ice hockey", "Graphics card and monitor",
        "Encryption and privacy of messages",
    ];

    private int _views;

    /// <summary>Number of views that were shown.</summary>
    public int Views => Volatile.Read(ref _views);

    /// <summary>Goes through the views again and again until canceled; then leaves the page.</summary>
    /// <param name="number">Number of the visitor; each asks something else.</param>
    /// <param name="cancellationToken">Ends the visit after the current view.</param>
    public async Task WalkAsync(int number, CancellationToken cancellationToken)
    {
        for (int round = number; !cancellationToken.IsCancellationRequested; round++)
        {
            foreach (Func<Task> step in StepsOf(round))
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }

                await step();
                Interlocked.Increment(ref _views);
                await Task.WhenAny(Task.Delay(Look, cancellationToken));
            }
        }

        await page.GotoAsync("about:blank");
    }

    /// <summary>Home, topics, a topic, map with search, hierarchy, a question, and a comparison of two versions.</summary>
    private Func<Task>[] StepsOf(int round) =>
    [
        () => OpenAsync(""),
        () => ClickAsync("main section.card a[href*='/topics']"),
        () => ClickAsync("main tbody a"),
        () => ClickAsync("nav.tabs a[href$='/map']"),
        () => page.WaitForSelectorAsync(".map[data-state=ready]"),
        async () =>
        {
            await page.GetByRole(AriaRole.Searchbox).FillAsync(Questions[round % Questions.Length].Split(' ')[^1]);
            await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
            await page.Locator(".map-status", new() { HasText = "contain" }).WaitForAsync();
        },
        () => ClickAsync("nav.tabs a[href$='/hierarchy']"),
        () => ClickAsync("nav.tabs a[href$='/ask']"),
        async () =>
        {
            await page.GetByLabel("Text", new() { Exact = true }).FillAsync($"{Questions[round % Questions.Length]}, question {round}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
            await page.GetByText("Contributing words").First.WaitForAsync();
        },
        () => OpenAsync($"models/{compared}/compare?before=1&after=2"),
        () => OpenAsync($"models/{model}"),
    ];

    private async Task OpenAsync(string path)
    {
        await page.GotoAsync(new Uri(root, path).AbsoluteUri);
        await page.Locator("h1").First.WaitForAsync();
        await LoadedAsync();
    }

    private async Task ClickAsync(string selector)
    {
        await page.Locator(selector).First.ClickAsync();
        await LoadedAsync();
    }

    private async Task LoadedAsync() => await page.WaitForFunctionAsync("() => !document.querySelector('.loading')");
}
