using Microsoft.Playwright;

namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>Rules that hold for every view.</summary>
public sealed class ViewTests(PageFixture fixture)
{
    internal const string Text = "We must bring down the cost of health care and protect Medicare for our seniors.";

    /// <summary>Name and address of every view.</summary>
    public static TheoryData<string, string> Views => new()
    {
        { "home", "" },
        { "model", "models/addresses" },
        { "map", "models/addresses/stable/map" },
        { "topics", "models/addresses/stable/topics" },
        { "topic", "models/addresses/stable/topics/1" },
        { "hierarchy", "models/addresses/stable/hierarchy" },
        { "ask", $"models/addresses/1/ask?text={Uri.EscapeDataString(Text)}&with=2" },
        { "compare", "models/addresses/compare?before=1&after=2" },
        { "curate", "models/addresses/2/curate?action=split&topic=1" },
        { "fits", "fits" },
        { "new-fit", "fits/new?corpus=addresses" },
        { "sign-in", "sign-in" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_LightOnAWideScreen_IsAccessibleAndStaysOnItsOrigin(string name, string path)
    {
        await using VisitedPage visit = await fixture.OpenAsync();

        await visit.GoAsync(path);

        await visit.RequireAccessibleAsync(name);
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_DarkOnAPhone_FitsTheWidthAndIsAccessible(string name, string path)
    {
        await using VisitedPage visit = await fixture.OpenAsync(width: 390, ColorScheme.Dark);

        await visit.GoAsync(path);

        await visit.RequireWidthAsync(390, name);
        await visit.RequireAccessibleAsync(name);
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("models/missing", "Not found")]
    [InlineData("models/addresses/99/topics", "Not found")]
    [InlineData("models/addresses/1/topics/9999", "Not found")]
    [InlineData("fits/missing", "Not found")]
    public async Task View_UnknownResource_SaysSo(string path, string title)
    {
        await using VisitedPage visit = await fixture.OpenAsync();

        await visit.GoAsync(path);

        await visit.Page.GetByRole(AriaRole.Alert).GetByText(title).First.WaitForAsync();
    }
}
