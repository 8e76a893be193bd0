using System.Globalization;
using Microsoft.Playwright;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>What a visitor reads about models, topics and texts, compared with the answers of the server.</summary>
public sealed class TopicPageTests(PageFixture fixture)
{
    private static CancellationToken Stopped => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Home_Models_HaveVersionsLabelsStatesAndQuality()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("");

        ILocator card = visit.Page.Locator("section.card", new() { HasText = "hostile" });
        await Assertions.Expect(card.First).ToContainTextAsync("Version 2");
        await Assertions.Expect(card.First.Locator(".pill", new() { HasText = "formula" })).ToHaveCountAsync(1);
        await Assertions.Expect(card.First).ToContainTextAsync("24 documents");
        ILocator corpora = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Corpora" }).Locator("tbody tr");
        await Assertions.Expect(corpora.Filter(new() { HasText = "addresses" })).ToContainTextAsync("390");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Topic_Parts_AreThoseOfTheServer()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        TopicInfo topic = await fixture.Server.Client.Topics.GetAsync("addresses@1", 0, Stopped);
        await visit.GoAsync("models/addresses/1/topics/0");

        ILocator words = visit.Page.Locator("section", new() { Has = visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Words" }) });
        await Assertions.Expect(words.Locator("tbody tr td:first-child"))
            .ToHaveTextAsync([.. topic.Words.Select(static word => word.Term)]);
        await Assertions.Expect(visit.Page.Locator(".documents li")).ToHaveCountAsync(topic.RepresentativeDocuments.Count);
        Assert.All(
            await visit.Page.Locator(".documents mark").AllInnerTextsAsync(),
            mark => Assert.Contains(
                topic.Words, word => word.Term.Split(' ').Any(part => mark.Contains(part, StringComparison.OrdinalIgnoreCase))));
        await visit.Page.GetByText("Documents of topic 0 over time as a table").ClickAsync();
        IReadOnlyList<string> sizes = await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Documents of topic 0 over time" })
            .Locator("td.number").AllInnerTextsAsync();
        Assert.Equal(topic.Count, sizes.Sum(static size => long.Parse(size, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
        ILocator similar = visit.Page.Locator(
            "section", new() { Has = visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Similar topics" }) });
        await similar.Locator("tbody a").First.ClickAsync();
        await visit.SeeAsync("Representative documents");
        Assert.DoesNotContain("topics/0", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Ask_Answer_LeadsToItsPositionOnTheMap()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync($"models/addresses/1/ask?text={Uri.EscapeDataString(ViewTests.Text)}&with=2");
        foreach (string part in (string[])["Strength", "Novelty", "Probabilities", "Contributing words"])
        {
            await Assertions.Expect(visit.Page.GetByText(part, new() { Exact = true })).ToHaveCountAsync(2);
        }

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Position of the text on the map of version 1" }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".map")).ToHaveAttributeAsync("data-marks", "1");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Compare_Figures_AreThoseOfBothVersions()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        VersionComparison comparison = await fixture.Server.Client.Models.CompareAsync("addresses@1", "addresses@2", Stopped);
        await visit.GoAsync("models/addresses/compare?before=1&after=2");

        foreach ((TopicChange change, int count) in comparison.Matches.CountBy(static match => match.Change))
        {
            string text = $"{count} {change}".ToLowerInvariant();
            await Assertions.Expect(visit.Page.GetByText(text, new() { Exact = true })).ToHaveCountAsync(1);
        }

        await Assertions.Expect(visit.Page.GetByText("Diversity")).ToHaveCountAsync(2);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Show the moved documents on the map of version 2" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Color")).ToHaveValueAsync("changes:1");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Map_TimeWindow_DimsTheDocumentsOutsideAndIsAccessible()
    {
        await using VisitedPage visit = await fixture.OpenAsync(width: 390, ColorScheme.Light);
        await visit.GoAsync("models/addresses/1/map");
        await visit.Page.GetByLabel("Color").SelectOptionAsync("time");
        ILocator map = visit.Page.Locator(".map");
        await Assertions.Expect(map).ToHaveAttributeAsync("data-on", "390");

        await visit.Page.GetByLabel("Earliest time").FillAsync("40");
        await Assertions.Expect(map).Not.ToHaveAttributeAsync("data-on", "390");
        await Assertions.Expect(visit.Page.Locator(".map-brush output")).ToHaveTextAsync("1991-01-01 to 2021-01-01");
        int shown = int.Parse((await map.GetAttributeAsync("data-on"))!, CultureInfo.InvariantCulture);
        await visit.RequireAccessibleAsync("map with a window of time");
        await visit.RequireWidthAsync(390, "map with a window of time");
        await visit.ClickAsync("Clear");

        await Assertions.Expect(map).ToHaveAttributeAsync("data-on", "390");
        Assert.InRange(shown, 100, 300);
    }

    [Fact]
    public async Task Theme_Switch_IsKeptForTheNextVisitAndOnTheMap()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/1/map");
        string light = await GroundAsync(visit);

        await visit.ClickAsync("Dark or light");
        Assert.NotEqual(light, await GroundAsync(visit));
        await visit.GoAsync("models/addresses/1/map");

        Assert.Equal("dark", await visit.Page.Locator("html").GetAttributeAsync("data-theme"));
        await visit.RequireAccessibleAsync("map after the switch to dark");
        Assert.Empty(visit.Faults);
    }

    private static Task<string> GroundAsync(VisitedPage visit) =>
        visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
