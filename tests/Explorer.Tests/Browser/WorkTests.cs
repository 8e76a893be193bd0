using Microsoft.Playwright;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>What visitors do on the page, against a real server.</summary>
public sealed class WorkTests(PageFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_Text_ShowsTopicWordsAndBothVersions()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/stable/ask");

        await visit.Page.GetByLabel("Text", new PageGetByLabelOptions { Exact = true }).FillAsync("The Soviet Union and nuclear missiles");
        await visit.Page.GetByLabel("Compare with version or label").FillAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ask" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Version 2" }).WaitForAsync();
        Assert.Equal(2, await visit.Page.GetByText("Contributing words").CountAsync());
        Assert.Contains("text=The%20Soviet%20Union", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Topics_SearchByMeaning_ShowsSimilarities()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/stable/topics");

        await visit.Page.GetByLabel("Find topics by meaning").FillAsync("war and peace");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find" }).ClickAsync();

        await visit.SeeAsync("Similarity");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show all" }).ClickAsync();
        await visit.Page.GetByText("Similarity").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Topics_Download_IsCsvWithEveryTopic()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/1/topics");

        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByText("CSV").ClickAsync());

        string[] lines = await File.ReadAllLinesAsync(await file.PathAsync(), Cancelled);
        TopicList list = await fixture.Server.Client.Topics.ListAsync("addresses@1", cancellationToken: Cancelled);
        Assert.Equal("addresses-1-topics.csv", file.SuggestedFilename);
        Assert.Equal(list.Topics.Count + 1, lines.Length);
    }

    [Fact]
    public async Task Topic_Attribute_ShowsSizePerClass()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/stable/topics/0");

        await visit.Page.GetByLabel("Attribute with the classes").FillAsync("party");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show" }).ClickAsync();

        await visit.SeeAsync("Documents of topic 0 per party as a table");
        Assert.True(await visit.Page.Locator(".documents mark").CountAsync() > 0, "no word of a document is marked");
    }

    [Fact]
    public async Task Hierarchy_CutAtTheEnd_JoinsAllTopics()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/stable/hierarchy");

        await visit.Page.GetByRole(AriaRole.Slider).FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await visit.SeeAsync("1 groups of");
        await visit.Page.Keyboard.PressAsync("Home");

        ModelVersion version = await fixture.Server.Client.Models.GetVersionAsync("addresses", 1, Cancelled);
        await visit.SeeAsync($"{version.TopicCount} groups of {version.TopicCount} topics.");
    }

    [Fact]
    public async Task Fit_Form_StartsAFitAndFollowsIt()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("fits/new?corpus=addresses&model=from-page");
        await visit.Page.GetByText("BERTopic", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("top_n_words").FillAsync("101");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start the fit" }).ClickAsync();
        await visit.SeeAsync("top_n_words");
        await visit.Page.GetByRole(AriaRole.Alert).GetByText("100").WaitForAsync();

        await visit.Page.GetByLabel("top_n_words").FillAsync("5");
        await visit.Page.GetByLabel("Settings that are not given").SelectOptionAsync("Bertopic");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start the fit" }).ClickAsync();

        await visit.SeeAsync("Version 1 is ready");
        ModelVersion version = await fixture.Server.Client.Models.GetVersionAsync("from-page", 1, Cancelled);
        Assert.Equal(5, version.Report!.Settings.TopWordCount);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Curate_Rename_MakesAVersionThatCanBeUndone()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/1/curate");

        await visit.Page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await visit.Page.GetByLabel("New label").FillAsync("Foreign <i>affairs</i>");
        await visit.Page.GetByLabel("Labels for the new version").FillAsync("draft");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the new version" }).ClickAsync();
        await visit.SeeAsync("is ready");

        ModelInfo model = await fixture.Server.Client.Models.GetAsync("addresses", Cancelled);
        await visit.GoAsync($"models/addresses/{model.Labels["draft"]}/curate");
        await visit.SeeAsync("Foreign <i>affairs</i>");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "draft back to 1" }).ClickAsync();
        await visit.SeeAsync("draft is version 1 again.");
        Assert.Equal(1, (await fixture.Server.Client.Models.GetAsync("addresses", Cancelled)).Labels["draft"]);
    }

    [Fact]
    public async Task Compare_LabelAndTraffic_AreChangedAndRolledBack()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/compare?before=1&after=2");
        await visit.Page.GetByText("merged", new PageGetByTextOptions { Exact = false }).First.WaitForAsync();

        await visit.Page.GetByLabel("Label", new PageGetByLabelOptions { Exact = true }).FillAsync("trial");
        ILocator labels = visit.Page.Locator("section", new PageLocatorOptions { HasText = "Set the label" });
        await labels.GetByLabel("Version").SelectOptionAsync("1");
        await labels.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Set the label" }).ClickAsync();
        await visit.SeeAsync("trial is version 1.");
        await labels.GetByLabel("Version").SelectOptionAsync("2");
        await labels.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Set the label" }).ClickAsync();
        await visit.SeeAsync("trial is version 2, before it was 1.");
        await labels.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Roll back trial" }).ClickAsync();
        await visit.SeeAsync("trial is version 1 again.");

        await visit.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "First version" }).SelectOptionAsync("1");
        await visit.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "Second version" }).SelectOptionAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Split the traffic" }).ClickAsync();
        await visit.SeeAsync("Version 2 answers 10 % of the calls");
        TrafficPolicy? traffic = (await fixture.Server.Client.Models.GetAsync("addresses", Cancelled)).Traffic;
        Assert.Equal([new TrafficTarget(1, 9000), new TrafficTarget(2, 1000)], traffic!.Targets);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove the split" }).ClickAsync();
        await visit.SeeAsync("answers all calls");
    }

    [Fact]
    public async Task Compare_MergedTopics_ListsMovedDocuments()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/compare?before=1&after=2");

        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "List documents" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Moved documents" }).WaitForAsync();
    }
}
