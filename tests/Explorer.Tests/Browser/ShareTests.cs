using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Playwright;
using TopicGrpc.Client.Topics;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>Addresses that show the same again, and exported files. The hostile model is rendered and exported as text.</summary>
[Collection(LabelMoves.Name)]
public sealed class ShareTests(PageFixture fixture)
{
    private static CancellationToken Stopped => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ViewTests.Views), MemberType = typeof(ViewTests))]
    public async Task View_OpenedAgainByItsAddress_ShowsTheSame(string name, string path)
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(path);
        string first = await ContentAsync(visit);

        await visit.Page.GotoAsync(visit.Page.Url);
        await visit.LoadedAsync();

        Assert.Equal(first, await ContentAsync(visit));
        Assert.True(first.Length > 100, $"The view {name} is empty.");
    }

    [Fact]
    public async Task Map_PositionSearchAndColor_AreInTheAddress()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/1/map");
        await visit.Page.GetByLabel("Color").SelectOptionAsync("attribute:party");
        await visit.ClickAsync("Zoom in");
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("health");
        await visit.ClickAsync("Find");
        await Assertions.Expect(visit.Page.Locator(".map-status")).ToContainTextAsync("contain “health”");
        await visit.Page.WaitForURLAsync(
            static address => address.Contains("at=", StringComparison.Ordinal)
                && address.Contains("q=health", StringComparison.Ordinal)
                && address.Contains("color=attribute", StringComparison.Ordinal),
            VisitedPage.OnceShown);
        string address = visit.Page.Url;
        string? found = await visit.Page.Locator(".map-status").TextContentAsync();

        await using VisitedPage other = await fixture.OpenAsync();
        await other.GoAsync(address);

        await Assertions.Expect(other.Page.Locator(".map-status")).ToHaveTextAsync(found!);
        await Assertions.Expect(other.Page.GetByLabel("Color")).ToHaveValueAsync("attribute:party");
        await Assertions.Expect(other.Page.Locator(".map-entry").First).ToContainTextAsync("democrat", new() { IgnoreCase = true });
        Assert.Equal(
            await visit.Page.Locator(".map").GetAttributeAsync("data-visible"),
            await other.Page.Locator(".map").GetAttributeAsync("data-visible"));
    }

    [Fact]
    public async Task Topics_JsonLines_AreTheTopicsOfTheVersion()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/1/topics");

        string[] lines = await DownloadAsync(visit, "JSON lines");

        TopicList list = await fixture.Server.Client.Topics.ListAsync("addresses@1", cancellationToken: Stopped);
        Assert.Equal(
            list.Topics.Select(static topic => (topic.Id, topic.Uid, topic.Count)),
            lines.Select(static line => JsonNode.Parse(line)!).Select(static topic =>
                (topic["topic"]!.GetValue<int>(), topic["uid"]!.GetValue<string>(), topic["documents"]!.GetValue<long>())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/map")]
    [InlineData("/topics")]
    [InlineData("/topics/0")]
    [InlineData("/hierarchy")]
    [InlineData("/curate")]
    [InlineData("/ask?text=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E%20alert&with=1")]
    [InlineData("/compare")]
    public async Task HostileModel_EveryView_ShowsMarkupAsText(string view)
    {
        ArgumentNullException.ThrowIfNull(view);
        await using VisitedPage visit = await fixture.OpenAsync();
        string version = view.Length == 0 || view == "/compare" ? "" : "/stable";

        await visit.GoAsync($"models/hostile{version}{view}");
        if (view == "/map")
        {
            await visit.Page.GetByText("Documents as a table").ClickAsync();
            await Assertions.Expect(visit.Page.Locator("details table tbody tr").First).ToContainTextAsync("<img src=x onerror=");
        }

        if (view is not ("" or "/compare"))
        {
            await visit.SeeAsync("<img src=x onerror=");
        }

        Assert.True(await visit.Page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        Assert.Equal(0, await visit.Page.Locator("main img, main script, main b").CountAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task HostileModel_ExportsOfTheTopics_HaveNoFormula()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/hostile/formula/topics");

        string[] csv = await DownloadAsync(visit, "CSV");
        string[] json = await DownloadAsync(visit, "JSON lines");

        Assert.Contains(csv, static line => line.Contains(",\"'=HYPERLINK(\"\"", StringComparison.Ordinal));
        Assert.DoesNotContain(
            csv, static line => line.Contains(",=", StringComparison.Ordinal) || line.Contains(",\"=", StringComparison.Ordinal));
        Assert.Contains(json, static line => JsonNode.Parse(line)!["label"]!.GetValue<string>() == SampleServer.Formula);
    }

    [Fact]
    public async Task HostileModel_ExportsOfTheMap_RunNothing()
    {
        using TempFolder folder = new();
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/hostile/formula/map");
        string csv = await File.ReadAllTextAsync(await ExportAsync(visit, "CSV", folder), Stopped);
        string[] json = await File.ReadAllLinesAsync(await ExportAsync(visit, "JSON", folder), Stopped);
        var svg = XDocument.Load(await ExportAsync(visit, "SVG", folder));
        string html = await ExportAsync(visit, "HTML", folder);

        Assert.Contains(",\"'=HYPERLINK(\"\"", csv, StringComparison.Ordinal);
        Assert.Contains(json, static line => JsonNode.Parse(line)!["topic"]!.GetValue<string>() == SampleServer.Formula);
        Assert.Equal(
            ["circle", "rect", "svg", "text"],
            svg.Descendants().Select(static part => part.Name.LocalName).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(svg.Descendants(), static part => part.Value.Contains("<img src=x onerror=", StringComparison.Ordinal));

        IPage page = await visit.Page.Context.NewPageAsync();
        await visit.Page.Context.SetOfflineAsync(offline: true);
        await page.GotoAsync(new Uri(html).AbsoluteUri);
        await page.WaitForSelectorAsync(".map[data-state=ready]");
        await Assertions.Expect(page.Locator(".map-entry", new() { HasText = "<img src=x onerror=" })).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        Assert.Equal(0, await page.Locator("img, .map script").CountAsync());
    }

    private static async Task<string> ContentAsync(VisitedPage visit)
    {
        // The uptime of the server is on the first view, and its running work, which other tests start.
        string text = await visit.Page.Locator("main").InnerTextAsync();
        text = text.Split("Running work")[0];
        return string.Join('\n', text.Split('\n').Where(static line => !line.Contains("running for", StringComparison.Ordinal)));
    }

    private static async Task<string[]> DownloadAsync(VisitedPage visit, string link)
    {
        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        return await File.ReadAllLinesAsync(await file.PathAsync(), Stopped);
    }

    private static async Task<string> ExportAsync(VisitedPage visit, string name, TempFolder folder)
    {
        await visit.Page.Locator(".map-export summary").ClickAsync();
        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.Locator(".map-export button", new() { HasText = name }).ClickAsync());
        string path = Path.Combine(folder.Path, file.SuggestedFilename);
        await file.SaveAsAsync(path);
        await visit.Page.Locator(".map-export summary").ClickAsync();
        return path;
    }
}
