using System.Text.Json.Nodes;
using System.Xml.Linq;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TopicGrpc.Explorer.Tests.Browser;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Map;

public sealed class MapPageTests(MapSite site) : IClassFixture<MapSite>
{
    [Theory]
    [InlineData("", "webgl2")]
    [InlineData("?renderer=canvas", "canvas")]
    public async Task Map_EitherRenderer_DrawsPointsAndLabelsWithoutProblems(string query, string renderer)
    {
        await using OpenMap map = await site.OpenAsync(query);

        Assert.Equal(renderer, await map.Page.Locator(".map").GetAttributeAsync("data-renderer"));
        Assert.Equal("points", await map.Page.Locator(".map").GetAttributeAsync("data-mode"));
        Assert.Equal("200 documents, 4 topics", await map.Status.TextContentAsync());
        Assert.Equal(4, await map.Page.Locator(".map-entry").CountAsync());
        Assert.True(await InkAsync(map, ".map-points") > 200, "The points are not drawn.");
        Assert.True(await InkAsync(map, ".map-overlay") > 200, "The labels are not drawn.");
        Assert.Empty(map.Problems);
    }

    [Fact]
    public async Task Map_HoverAndClick_ShowTheTextOfADocumentAsText()
    {
        await using OpenMap map = await site.OpenAsync();

        await map.HoverAsync();
        await Assertions.Expect(map.Page.Locator(".map-card")).ToContainTextAsync("<script>");

        Assert.Empty(await map.Page.QuerySelectorAllAsync(".map img, .map script"));
        Assert.DoesNotContain("hacked", await map.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(map.Problems);
    }

    [Fact]
    public async Task Map_Lasso_SelectsDimsAndListsDocuments()
    {
        await using OpenMap map = await site.OpenAsync();

        await map.LassoAsync();
        await Assertions.Expect(map.Status).ToHaveTextAsync("200 documents selected");
        await Assertions.Expect(map.Page.Locator(".map-documents li")).ToHaveCountAsync(50);
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();

        await Assertions.Expect(map.Status).ToHaveTextAsync("200 documents, 4 topics");
        await Assertions.Expect(map.Page.Locator(".map-documents li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Map_Search_DimsTheOthersAndIsInTheAddress()
    {
        await using OpenMap map = await site.OpenAsync();
        string word = ThemedTexts.Text(0).Split(' ')[0];
        int expected = Enumerable.Range(0, 200).Count(
            row => ThemedTexts.Text(row).Contains(word, StringComparison.OrdinalIgnoreCase));

        await map.Page.GetByRole(AriaRole.Searchbox).FillAsync(word);
        await map.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(map.Status).ToContainTextAsync($"contain “{word}”");
        string? found = await map.Status.TextContentAsync();
        await map.Page.WaitForURLAsync(address => address.Contains($"q={word}", StringComparison.Ordinal), VisitedPage.OnceShown);
        await map.Page.ReloadAsync();

        Assert.True(int.Parse(found!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= expected, found);
        await Assertions.Expect(map.Status).ToHaveTextAsync(found);
        Assert.Empty(map.Problems);
    }

    [Fact]
    public async Task Map_Colors_FollowAttributeProbabilityAndTime()
    {
        await using OpenMap map = await site.OpenAsync();
        ILocator colors = map.Page.Locator(".map-tools select");

        await colors.SelectOptionAsync("attribute:author");
        await Assertions.Expect(map.Page.Locator(".map-entry")).ToHaveTextAsync([MapSite.Hostile, "ann"], new() { UseInnerText = false });
        await colors.SelectOptionAsync("probability");
        await Assertions.Expect(map.Page.Locator(".map-legend p")).ToHaveCountAsync(5);
        await colors.SelectOptionAsync("time");
        await Assertions.Expect(map.Page.Locator(".map-brush output")).ToHaveTextAsync("2020-01-01 to 2020-01-10");
        await map.Page.GetByLabel("Earliest time").FillAsync("40");
        await Assertions.Expect(map.Page.Locator(".map-brush output")).ToHaveTextAsync("2020-01-05 to 2020-01-10");

        Assert.Empty(map.Problems);
    }

    [Fact]
    public async Task Map_Keyboard_StepsThroughTopicsPansAndZooms()
    {
        await using OpenMap map = await site.OpenAsync();
        await map.Stage.FocusAsync();

        await map.Page.Keyboard.PressAsync("]");
        await Assertions.Expect(map.Status).ToContainTextAsync("Topic 0: ");
        await Assertions.Expect(map.Page.Locator(".map-entry[aria-pressed=true]")).ToHaveCountAsync(1);
        await map.Page.WaitForURLAsync(static address => address.Contains("topic=0", StringComparison.Ordinal), VisitedPage.OnceShown);
        await map.Stage.FocusAsync();
        await map.Page.Keyboard.PressAsync("Escape");
        await map.Page.Keyboard.PressAsync("+");
        await map.Page.Keyboard.PressAsync("ArrowLeft");

        await map.Page.WaitForURLAsync(static address => !address.Contains("topic=0", StringComparison.Ordinal), VisitedPage.OnceShown);
        await Assertions.Expect(map.Page.Locator(".map-entry[aria-pressed=true]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Map_Exports_AreCompleteFiles()
    {
        using TempFolder folder = new();
        await using OpenMap map = await site.OpenAsync();

        string[] csv = await File.ReadAllLinesAsync(await map.ExportAsync("CSV", folder.Path), TestContext.Current.CancellationToken);
        string[] lines = await File.ReadAllLinesAsync(await map.ExportAsync("JSON", folder.Path), TestContext.Current.CancellationToken);
        var svg = XDocument.Load(await map.ExportAsync("SVG", folder.Path));
        byte[] png = await File.ReadAllBytesAsync(await map.ExportAsync("PNG", folder.Path), TestContext.Current.CancellationToken);

        Assert.Equal(("row,x,y,topic_id,topic,probability", 201), (csv[0], csv.Length));
        Assert.Equal(Enumerable.Range(0, 200), lines.Select(static line => JsonNode.Parse(line)!["row"]!.GetValue<int>()));
        Assert.Equal(200, svg.Descendants().Count(static part => part.Name.LocalName == "circle"));
        Assert.Contains(svg.Descendants(), static part => part.Name.LocalName == "text");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    [Fact]
    public async Task Map_ExportedPage_OpensFromDiskAndLoadsNothing()
    {
        using TempFolder folder = new();
        await using OpenMap map = await site.OpenAsync();
        string path = await map.ExportAsync("HTML", folder.Path);
        IPage offline = await map.Page.Context.NewPageAsync();
        List<string> problems = [];
        offline.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
            {
                problems.Add(request.Url);
            }
        };
        offline.PageError += (_, error) => problems.Add(error);

        await offline.GotoAsync(new Uri(path).AbsoluteUri);
        await offline.WaitForSelectorAsync(".map[data-state=ready]");
        await Assertions.Expect(offline.Locator("h1 + p")).ToHaveTextAsync("Texts, at most 300 characters each.");
        await offline.GetByRole(AriaRole.Searchbox).FillAsync(ThemedTexts.Text(0).Split(' ')[0]);
        await offline.Keyboard.PressAsync("Enter");
        await Assertions.Expect(offline.Locator(".map-status")).ToContainTextAsync("contain");
        await offline.Locator("select").SelectOptionAsync("time");
        await Assertions.Expect(offline.Locator(".map-brush output")).ToHaveTextAsync("2020-01-01 to 2020-01-10");

        Assert.Empty(problems);
        Assert.DoesNotContain("hacked", await offline.TitleAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Map_WideAndNarrow_HasNoSeriousFindingsAndFits(int width, ColorScheme scheme)
    {
        await using OpenMap map = await site.OpenAsync(width: width, scheme: scheme);
        await map.Page.Locator(".map-tools select").SelectOptionAsync("time");
        await Assertions.Expect(map.Page.Locator(".map-brush")).ToBeVisibleAsync();

        AxeResult found = await map.Page.RunAxe();
        string[] serious =
        [
            .. found.Violations.Where(static violation => violation.Impact is "serious" or "critical")
                .Select(static violation => $"{violation.Id}: {violation.Nodes[0].Html}"),
        ];

        Assert.Empty(serious);
        Assert.InRange(await map.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    [Fact]
    public async Task Map_ChangesSinceAVersion_ColorsTheDocumentsOfTheMergedTopics()
    {
        await using OpenMap map = await site.OpenAsync("?color=changes:1", version: 2);
        await Assertions.Expect(map.Page.Locator(".map-tools select")).ToHaveValueAsync("changes:1");

        await map.Page.GetByRole(AriaRole.Button, new() { Name = "in another topic" }).ClickAsync();
        int moved = await map.Page.EvaluateAsync<int>("Number(document.querySelector('.map').dataset.on)");

        // The merged topic keeps the uid of the larger part, so the documents of the smaller one moved.
        Assert.InRange(moved, 20, 60);
        Assert.Empty(map.Problems);
    }

    [Fact]
    public async Task Map_TextInTheAddress_MarksItsPosition()
    {
        await using OpenMap map = await site.OpenAsync("?text=" + Uri.EscapeDataString(ThemedTexts.Text(3)));

        await Assertions.Expect(map.Page.Locator(".map")).ToHaveAttributeAsync("data-marks", "1");

        Assert.Empty(map.Problems);
    }

    [Fact]
    public async Task Map_Table_ListsTheSameDocuments()
    {
        await using OpenMap map = await site.OpenAsync();

        await map.Page.GetByText("Documents as a table").ClickAsync();

        await Assertions.Expect(map.Page.Locator("details table tbody tr")).ToHaveCountAsync(50);
        await Assertions.Expect(map.Page.Locator("details table tbody tr").First).ToContainTextAsync("d000");
        ILocator topic = map.Page.Locator(".map-entry").First;
        int size = int.Parse((await topic.Locator("small").TextContentAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        await topic.ClickAsync();

        await Assertions.Expect(map.Page.Locator("details .row [role=status]")).ToHaveTextAsync($"1 to {Math.Min(size, 50)} of {size}");
    }

    [Fact]
    public async Task Map_LabelsOfLayers_AreDrawnAtTheirZoomLevels()
    {
        await using OpenMap map = await site.OpenAsync();

        string[] drawn = await map.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const module = name => import(new URL(`assets/js/map/${name}.js`, document.baseURI).href);
              const [{ visibleLabels }, { MapView }] = await Promise.all([module("overlay"), module("view")]);
              const view = new MapView({ minX: 0, maxX: 1, minY: 0, maxY: 1 });
              view.resize(800, 800);
              const at = { topic: 0, x: 32768, y: 32768 };
              const labels = [
                { ...at, layer: "topics", text: "fine", minZoom: 1, maxZoom: 8 },
                { ...at, layer: "coarser-1", text: "coarse", minZoom: 0, maxZoom: 0 }
              ];
              return [-2, 0, 1, 8, 11].map(zoom => {
                view.center(...view.unit(at.x, at.y), 1024 * 2 ** zoom);
                return visibleLabels(labels, view, () => 30).map(shown => shown.label.text).join();
              });
            }
            """);

        Assert.Equal(["coarse", "coarse", "fine", "fine", "fine"], drawn);
    }

    [Theory]
    [InlineData(200, 200, 300)]
    [InlineData(20_000, 20_000, 200)]
    [InlineData(50_000, 50_000, 80)]
    [InlineData(1_000_000, 50_000, 80)]
    public async Task Map_TextsOfTheExportedPage_AreBounded(int points, int documents, int length)
    {
        await using OpenMap map = await site.OpenAsync();

        int[] plan = await map.Page.EvaluateAsync<int[]>(
            """
            async count => {
              const { textPlan } = await import(new URL("assets/js/map/exportPage.js", document.baseURI).href);
              const plan = textPlan(count);
              return [plan.rows.length, plan.length, plan.rows.at(-1) < count ? 1 : 0, new Set(plan.rows).size];
            }
            """,
            points);

        Assert.Equal([documents, length, 1, documents], plan);
    }

    /// <summary>Counts the pixels of a canvas that are not transparent.</summary>
    private static Task<int> InkAsync(OpenMap map, string canvas) => map.Page.EvaluateAsync<int>(
        """
        selector => {
          const source = document.querySelector(selector);
          const copy = document.createElement("canvas");
          copy.width = source.width;
          copy.height = source.height;
          const context = copy.getContext("2d");
          context.drawImage(source, 0, 0);
          return context.getImageData(0, 0, copy.width, copy.height).data.filter((value, at) => at % 4 === 3 && value > 0).length;
        }
        """,
        canvas);
}
