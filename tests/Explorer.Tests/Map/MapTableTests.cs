using AngleSharp.Dom;
using Bunit;
using TopicGrpc.Client;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing;
using TopicGrpc.Explorer.Map;

namespace TopicGrpc.Explorer.Tests.Map;

public sealed class MapTableTests : IDisposable
{
    private readonly BunitContext _context = new();
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public MapTableTests()
    {
        _client = _fake.CreateClient();
        _fake.OnMap(static _ => SampleMap.Of([.. Enumerable.Range(0, 120).Select(static row => row < 60 ? 0 : 1)]));
        _fake.OnMapDocuments(static (_, rows) => rows.Select(static row => new MapDocument
        {
            Row = row,
            DocumentId = FormattableString.Invariant($"d{row}"),
            Text = "<script>alert(1)</script>",
            TopicId = row < 60 ? 0 : 1,
        }));
    }

    public void Dispose()
    {
        _context.Dispose();
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public void Table_ManyDocuments_AreShownInPages()
    {
        IRenderedComponent<MapTable> table = Render();
        table.WaitForAssertion(() => Assert.Equal(50, table.FindAll("tbody tr").Count));

        Assert.Equal("1 to 50 of 120", table.Find("[role=status]").TextContent);
        Assert.True(Button(table, "Previous").HasAttribute("disabled"));

        Button(table, "Next").Click();
        Button(table, "Next").Click();

        table.WaitForAssertion(() => Assert.Equal("101 to 120 of 120", table.Find("[role=status]").TextContent));
        Assert.True(Button(table, "Next").HasAttribute("disabled"));
        Assert.Equal("d100", table.FindAll("tbody tr")[0].Children[1].TextContent);
    }

    [Fact]
    public void Table_TopicGiven_ShowsItsDocumentsOnly()
    {
        IRenderedComponent<MapTable> table = Render();

        table.Find("input").Change("1");

        table.WaitForAssertion(() => Assert.Equal("1 to 50 of 60", table.Find("[role=status]").TextContent));
        Assert.All(table.FindAll("tbody tr"), static row => Assert.Equal("1", row.Children[2].TextContent));
    }

    [Fact]
    public void Table_FilterOfTheMap_ShowsItsDocumentsOnly()
    {
        IRenderedComponent<MapTable> table = Render();
        table.WaitForAssertion(() => Assert.Equal("1 to 50 of 120", table.Find("[role=status]").TextContent));

        table.Render(parameters => parameters.Add(static part => part.Filter, new MapFilter([3, 70], 900)));

        table.WaitForAssertion(() => Assert.Equal(
            "1 to 2 of 2 (the first 2 of 900 on the map)", table.Find("[role=status]").TextContent));
        Assert.Equal(["d3", "d70"], table.FindAll("tbody tr").Select(static row => row.Children[1].TextContent));

        table.Render(parameters => parameters.Add(static part => part.Filter, null));

        table.WaitForAssertion(() => Assert.Equal("1 to 50 of 120", table.Find("[role=status]").TextContent));
    }

    [Fact]
    public void Table_TextWithMarkup_IsText()
    {
        IRenderedComponent<MapTable> table = Render();
        table.WaitForAssertion(() => Assert.NotEmpty(table.FindAll("tbody tr")));

        Assert.Empty(table.FindAll("script"));
        Assert.Equal("<script>alert(1)</script>", table.FindAll("tbody tr")[0].Children[6].TextContent);
    }

    private IRenderedComponent<MapTable> Render() => _context.Render<MapTable>(parameters => parameters
        .Add(static table => table.Client, _client)
        .Add(static table => table.Version, new ModelSelector("news") { Version = 1 })
        .Add(static table => table.TopicCount, 2));

    private static IElement Button(IRenderedComponent<MapTable> table, string text) =>
        table.FindAll("button").Single(button => button.TextContent == text);
}
