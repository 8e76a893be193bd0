using Microsoft.Playwright;
using TopicGrpc.Client.Keys;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>States of the views besides a full one: empty, loading, failed, and without permission. Each is accessible.</summary>
public sealed class StateTests(PageFixture fixture)
{
    private static readonly string[] VersionViews = ["topics", "topics/0", "map", "hierarchy", "ask", "curate"];

    private static CancellationToken Stopped => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Views_EmptyServer_SayWhatComesFirst(int width, ColorScheme scheme)
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page, width, scheme);
        foreach ((string path, string text) in ((string, string)[])
        [
            ("", "There is no model yet."), ("fits", "There was no fit yet."), ("fits/new", "There is no corpus."),
            ("models/none", "Not found"), ("fits/none", "Not found"), ("models/none/compare", "Not found"),
        ])
        {
            await visit.GoAsync(path);
            await visit.SeeAsync(text);
            await visit.RequireAccessibleAsync(path);
            await visit.RequireWidthAsync(width, path);
        }
    }

    [Fact]
    public async Task Views_OneVersion_CompareSaysWhatIsMissing()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(120, Stopped);
        await server.FitAsync(Stopped);

        await visit.GoAsync("models/news/compare");

        await visit.SeeAsync("The model has one version.");
        await visit.RequireAccessibleAsync("compare");
    }

    [Fact]
    public async Task Ask_BlockedEncoder_SaysThatItLoadsUntilTheAnswer()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(120, Stopped);
        await server.FitAsync(Stopped);
        await visit.GoAsync("models/news/stable/ask");
        server.Embedder.Hold();

        await visit.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("rocket launch telescope");
        await visit.ClickAsync("Ask");
        await Assertions.Expect(visit.Page.Locator(".loading")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" })).ToBeDisabledAsync();
        await visit.RequireAccessibleAsync("ask while it loads");
        server.Embedder.Release();

        await visit.SeeAsync("Contributing words");
        await Assertions.Expect(visit.Page.Locator(".loading")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Views_Reader_HaveNoControlsThatNeedMore()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(120, Stopped);
        await server.FitAsync(Stopped);
        await server.FitAsync(Stopped);
        IssuedKey reader = await server.CreateKeyAsync(new KeySettings { DisplayName = "reader", Role = KeyRole.Reader }, Stopped);

        await visit.SignInAsync(reader.Secret, "");
        foreach (string path in (string[])
        [
            "", "fits", "fits/new", "models/news", "models/news/compare", .. VersionViews.Select(static view => $"models/news/1/{view}"),
        ])
        {
            await visit.GoAsync(path);
            foreach (string control in (string[])
            [
                "Start a fit", "Start the fit", "Set the label", "Split the traffic", "Roll back", "Make the new version", "Merge these",
            ])
            {
                Assert.Equal(0, await visit.Page.Locator("main a, main button").Filter(new() { HasText = control }).CountAsync());
            }

            await visit.RequireAccessibleAsync(path);
        }

        await visit.GoAsync("models/news/1/curate");
        await visit.SeeAsync("Changes need the role trainer");
        await visit.GoAsync("fits/new");
        await visit.SeeAsync("A fit needs the role trainer");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Views_KeyOfOtherModels_ShowNothingOfThisOne()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(120, Stopped);
        await server.FitAsync(Stopped);
        IssuedKey stranger = await server.CreateKeyAsync(
            new KeySettings { DisplayName = "stranger", Role = KeyRole.Trainer, ModelPatterns = ["other-*"], CorpusPatterns = ["other-*"] },
            Stopped);

        await visit.SignInAsync(stranger.Secret, "");
        await visit.SeeAsync("There is no model yet.");
        foreach (string path in (string[])
        [
            "models/news", "models/news/compare", .. VersionViews.Select(static view => $"models/news/1/{view}"),
        ])
        {
            await visit.GoAsync(path == "models/news/1/ask" ? path + "?text=rocket" : path);
            await visit.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
            Assert.DoesNotContain("orbit", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            await visit.RequireAccessibleAsync(path);
        }
    }

    [Fact]
    public async Task View_RevokedKey_AsksForASignIn()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(120, Stopped);
        await server.FitAsync(Stopped);
        IssuedKey reader = await server.CreateKeyAsync(new KeySettings { DisplayName = "reader", Role = KeyRole.Reader }, Stopped);
        await visit.SignInAsync(reader.Secret, "models/news/1/topics");

        await server.Client.Keys.RevokeAsync(reader.Key.Name, Stopped);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Hierarchy" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).WaitForAsync();
        await visit.RequireAccessibleAsync("hierarchy with a revoked key");
    }
}
