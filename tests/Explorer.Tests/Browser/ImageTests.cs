using Microsoft.Playwright;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>Writes the pictures of <c>docs/images</c>, of the whole sample, if the variable <c>UPDATE_IMAGES</c> is 1.</summary>
public sealed class ImageTests(PageFixture fixture)
{
    private static readonly (string Name, string Path)[] Wide =
    [
        ("home", ""),
        ("model", "models/addresses"),
        ("topics", "models/addresses/stable/topics"),
        ("topic", "models/addresses/stable/topics/1"),
        ("map", "models/addresses/stable/map"),
        ("hierarchy", "models/addresses/stable/hierarchy"),
        ("ask", $"models/addresses/1/ask?text={Uri.EscapeDataString(ViewTests.Text)}&with=2"),
        ("compare", "models/addresses/compare?before=1&after=2"),
        ("curate", "models/addresses/3/curate?action=split&topic=1"),
        ("fits", "fits"),
        ("new-fit", "fits/new?corpus=addresses"),
        ("sign-in", "sign-in"),
    ];

    private static CancellationToken Stopped => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_WholeSample_ShowEveryView()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("UPDATE_IMAGES") == "1", "UPDATE_IMAGES=1 writes docs/images in minutes");
        await using SampleServer server = await SampleServer.StartFullAsync(Stopped);
        DeriveOptions options = new() { Labels = ["candidate"] };
        FitHandle rename = await server.Client.Models.DeriveAsync(
            "addresses@2", new SetTopicLabels(new Dictionary<int, string> { [1] = "Schools and colleges" }), options, Stopped);
        await rename.WaitAsync(cancellationToken: Stopped);
        string fit = (await server.Client.Models.GetVersionAsync("addresses", 1, Stopped)).Fit;

        await using (VisitedPage visit = await fixture.OpenAsync(server.Page))
        {
            foreach ((string name, string path) in ((string, string)[])[.. Wide, ("fit", $"fits/{fit}")])
            {
                await visit.GoAsync(path);
                await TakeAsync(visit, name);
            }
        }

        await using (VisitedPage visit = await fixture.OpenAsync(server.Page, scheme: ColorScheme.Dark))
        {
            await visit.GoAsync("models/addresses/stable/map?color=time");
            await TakeAsync(visit, "map-dark");
        }

        await using (VisitedPage visit = await fixture.OpenAsync(server.Page, width: 390))
        {
            await visit.GoAsync("models/addresses/stable/map");
            await TakeAsync(visit, "map-phone");
        }
    }

    private static Task<byte[]> TakeAsync(VisitedPage visit, string name) => visit.Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Checkout.At("docs", "images", $"explorer-{name}.png"),
        Animations = ScreenshotAnimations.Disabled,
    });
}
