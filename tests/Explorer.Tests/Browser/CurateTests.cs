using System.Globalization;
using Microsoft.Playwright;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>Every change of topics that the page offers, on the sample: the new version, its line in the history, and its undo.</summary>
[Collection(LabelMoves.Name)]
public sealed class CurateTests(PageFixture fixture)
{
    private const string Address = "models/addresses/1/curate";

    private static CancellationToken Stopped => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Curate_Merge_MakesOneTopicOfTwo()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(Address + "?action=merge");
        await ChooseAsync(visit, 0, 2);

        (ModelVersion before, ModelVersion after) = await ApplyAsync(visit, "merge_test", "from 1: merged 0 + 2");

        Assert.Equal(before.TopicCount - 1, after.TopicCount);
        Assert.Equal([[0, 2]], Assert.IsType<MergeTopics>(after.Operation).Groups);
    }

    [Fact]
    public async Task Curate_GroupsOfTheHierarchy_AreMergedAsDrawn()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync("models/addresses/1/hierarchy");
        ILocator status = visit.Page.GetByRole(AriaRole.Status);
        string uncut = (await status.TextContentAsync())!;
        await visit.Page.GetByRole(AriaRole.Slider).FillAsync("195");
        await Assertions.Expect(status).Not.ToHaveTextAsync(uncut);
        int groups = int.Parse((await status.TextContentAsync())!.Split(' ')[0], CultureInfo.InvariantCulture);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Merge these groups" }).ClickAsync();
        await visit.LoadedAsync();

        (ModelVersion before, ModelVersion after) = await ApplyAsync(visit, "groups_test", "from 1: merged");

        Assert.Equal(groups, after.TopicCount);
        Assert.InRange(groups, 1, before.TopicCount - 1);
    }

    [Fact]
    public async Task Curate_Split_MakesPartsOfATopic()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(Address + "?action=split&topic=0");
        await visit.Page.GetByLabel("Fewest documents in a part").FillAsync("3");

        (ModelVersion before, ModelVersion after) = await ApplyAsync(visit, "split_test", "from 1: split topic 0");

        Assert.True(after.TopicCount > before.TopicCount, "No topic was added.");
    }

    [Fact]
    public async Task Curate_Reduce_LeavesAsManyTopicsAsGiven()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(Address + "?action=reduce");
        await visit.Page.GetByLabel("Number of topics, with the outlier topic").FillAsync("4");

        (_, ModelVersion after) = await ApplyAsync(visit, "reduce_test", "from 1: reduced");

        Assert.Equal(3, after.TopicCount);
    }

    [Fact]
    public async Task Curate_ReduceOutliers_AssignsThemToTopics()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(Address + "?action=outliers");

        (ModelVersion before, ModelVersion after) = await ApplyAsync(visit, "outliers_test", "from 1: assigned outliers by Embeddings");

        Assert.True(after.OutlierShare < before.OutlierShare, $"{after.OutlierShare} of the documents are outliers.");
        Assert.Equal(before.TopicCount, after.TopicCount);
    }

    [Fact]
    public async Task Curate_RefitOutliers_AddsTopics()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(Address + "?action=refit");
        await visit.Page.GetByLabel("Fewest documents in a part").FillAsync("5");

        (ModelVersion before, ModelVersion after) = await ApplyAsync(visit, "refit_test", "from 1: found topics among the outliers");

        Assert.True(after.TopicCount > before.TopicCount, "No topic was added.");
        Assert.True(after.OutlierShare < before.OutlierShare, $"{after.OutlierShare} of the documents are outliers.");
    }

    [Fact]
    public async Task Curate_Delete_MakesOutliersOfATopic()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await visit.GoAsync(Address + "?action=delete");
        await ChooseAsync(visit, 1);

        (ModelVersion before, ModelVersion after) = await ApplyAsync(visit, "delete_test", "from 1: deleted topics 1");

        Assert.Equal(before.TopicCount - 1, after.TopicCount);
        Assert.True(after.OutlierShare > before.OutlierShare, $"{after.OutlierShare} of the documents are outliers.");
    }

    [Fact]
    public async Task Curate_TwoTrainers_AreNamedInTheHistory()
    {
        await using SmallServer server = await SmallServer.StartAsync(Stopped);
        await using VisitedPage visit = await fixture.OpenAsync(server.Page);
        await server.IngestAsync(120, Stopped);
        await server.FitAsync(Stopped);
        IssuedKey ada = await server.CreateKeyAsync(new KeySettings { DisplayName = "Ada", Role = KeyRole.Trainer }, Stopped);
        IssuedKey bob = await server.CreateKeyAsync(new KeySettings { DisplayName = "Bob", Role = KeyRole.Trainer }, Stopped);
        foreach (IssuedKey key in (IssuedKey[])[ada, bob])
        {
            await visit.SignInAsync(key.Secret, "models/news/1/curate");
            await ChooseAsync(visit, 0);
            await visit.Page.GetByLabel("New label").FillAsync("Space");
            await visit.ClickAsync("Make the new version");
            await visit.SeeAsync("is ready");
            await visit.Page.Context.ClearCookiesAsync();
        }

        await visit.SignInAsync(ada.Secret, "models/news/1/curate");

        ILocator history = visit.Page.GetByRole(AriaRole.Region, new() { Name = "History" }).Locator("tbody tr");
        await Assertions.Expect(history).ToHaveCountAsync(3);
        await Assertions.Expect(history.Nth(0)).ToContainTextAsync(bob.Key.Name);
        await Assertions.Expect(history.Nth(1)).ToContainTextAsync(ada.Key.Name);
    }

    private static async Task ChooseAsync(VisitedPage visit, params int[] topics)
    {
        foreach (int topic in topics)
        {
            await visit.Page.GetByRole(AriaRole.Checkbox).Nth(topic).CheckAsync();
        }
    }

    /// <summary>Makes the version with a label, finds it in the history, and undoes it there.</summary>
    private async Task<(ModelVersion Before, ModelVersion After)> ApplyAsync(VisitedPage visit, string label, string line)
    {
        await visit.Page.GetByLabel("Labels for the new version").FillAsync(label);
        await visit.ClickAsync("Make the new version");
        ILocator end = visit.Page.GetByText("is ready").Or(visit.Page.GetByRole(AriaRole.Alert)).First;
        await Assertions.Expect(end).ToContainTextAsync("is ready");
        ModelInfo model = await fixture.Server.Client.Models.GetAsync("addresses", Stopped);
        long number = model.Labels[label];

        await visit.GoAsync(FormattableString.Invariant($"models/addresses/{number}/curate"));
        ILocator row = visit.Page.GetByRole(AriaRole.Region, new() { Name = "History" }).Locator("tr", new() { HasText = label });
        await Assertions.Expect(row.First).ToContainTextAsync(line);
        await visit.ClickAsync($"{label} back to 1");
        await visit.SeeAsync($"{label} is version 1 again.");

        Assert.Equal(1, (await fixture.Server.Client.Models.GetAsync("addresses", Stopped)).Labels[label]);
        Assert.Empty(visit.Faults);
        return (await fixture.Server.Client.Models.GetVersionAsync("addresses", 1, Stopped),
            await fixture.Server.Client.Models.GetVersionAsync("addresses", number, Stopped));
    }
}
