using Microsoft.Playwright;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>A fit on the page: stages with progress, cancellation, warnings with remedies.</summary>
public sealed class FitPageTests(PageFixture fixture)
{
    private const int Documents = 120;

    private static CancellationToken Stopped => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fit_BlockedEncoder_ShowsItsStageItsShareAndThenTheVersion()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(Documents, Stopped);
        server.Embedder.HoldAfter(Documents / 2);

        await visit.GoAsync("fits/new?corpus=news&model=news");
        await visit.Page.GetByText("BERTopic", new() { Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("min_topic_size").FillAsync("10");
        await visit.ClickAsync("Start the fit");
        await Assertions.Expect(visit.Page.Locator("li.current")).ToContainTextAsync("Embedding");
        await Assertions.Expect(visit.Page.GetByLabel("Progress of the stage Embedding")).ToHaveJSPropertyAsync("max", 1);
        await visit.GoAsync("");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Running work" })).ToContainTextAsync("Embedding");
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Running work" }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("li.current")).ToContainTextAsync("Embedding");
        server.Embedder.Release();

        await visit.SeeAsync("Version 1 is ready");
        await visit.SeeAsync("Diversity");
        await visit.Page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Topics" }).ClickAsync();
        await visit.SeeAsync("topics of version 1");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Fit_Cancel_EndsTheJobAndSaysSo()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(Documents, Stopped);
        server.Embedder.Hold();
        FitHandle fit = await server.Client.Fits.StartAsync(new FitRequest("news", "news"), Stopped);
        await server.Embedder.SomebodyWaitsAsync(Stopped);
        await visit.GoAsync($"fits/{fit.Name}");

        await visit.ClickAsync("Cancel");
        await Assertions.Expect(visit.Page.Locator("dl .pill")).ToContainTextAsync("cancel");
        server.Embedder.Release();

        await Assertions.Expect(visit.Page.Locator("dl .pill")).ToHaveTextAsync("canceled");
        Assert.Equal(FitState.Cancelled, (await server.Client.Fits.GetAsync(fit.Name, Stopped)).State);
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).CountAsync());
    }

    [Fact]
    public async Task Fit_NoTopics_OffersAFitWithSmallerClustersThatSucceeds()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(Documents, Stopped);
        FitSettings settings = new() { Preset = FitPreset.Bertopic, MinTopicSize = Documents / 2 };
        FitRequest request = new("news", "news") { Settings = settings };
        FitHandle fit = await server.Client.Fits.StartAsync(request, Stopped);
        await fit.WaitAsync(cancellationToken: Stopped);
        await visit.GoAsync($"fits/{fit.Name}");

        await visit.SeeAsync("The fit found");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Fit again with smaller clusters" }).ClickAsync();
        await visit.Page.GetByText("Clusters (HDBSCAN)").ClickAsync();
        string size = await visit.Page.Locator("[data-setting='hdbscan.min_cluster_size'] input").InputValueAsync();
        await visit.ClickAsync("Start the fit");
        await visit.SeeAsync("Version 2 is ready");

        FitReport report = (await server.Client.Models.GetVersionAsync("news", 2, Stopped)).Report!;
        Assert.Equal(int.Parse(size, System.Globalization.CultureInfo.InvariantCulture), report.Settings.Hdbscan?.MinClusterSize);
        Assert.InRange(report.TopicCount, 2, Documents);
    }

    [Fact]
    public async Task Fits_Ended_AreListedWithStateAndVersion()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(Documents, Stopped);
        await server.FitAsync(Stopped);

        await visit.GoAsync("fits");

        ILocator row = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Fits" }).Locator("tbody tr:has(a)");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync("succeeded");
        await row.GetByRole(AriaRole.Link, new() { Name = "1", Exact = true }).ClickAsync();
        await visit.SeeAsync("topics of version 1");
    }
}
