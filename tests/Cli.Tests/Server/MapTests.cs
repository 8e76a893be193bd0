using System.Text.Json.Nodes;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class MapTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task Map_Csv_HasOneLinePerDocumentWithItsColumns()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "points.csv");

        JsonNode map = await server.JsonAsync("map", "news", "--out", path, "--attribute", "author", "--times");

        string[] lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("row,document_id,x,y,topic_id,probability,time,attributes.author", lines[0]);
        Assert.Equal(201, lines.Length);
        Assert.StartsWith("3,d003,", lines[4], StringComparison.Ordinal);
        Assert.EndsWith(",2020-01-04 00:00:00Z,bob", lines[4], StringComparison.Ordinal);
        Assert.Equal(64, map["etag"]!.GetValue<string>().Length);
        Assert.Equal(4, map["labels"]!.AsArray().Count);
    }

    [Fact]
    public async Task Map_JsonLines_HaveNumbersAndNames()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "points.jsonl");

        await server.JsonAsync("map", "news", "--out", path);

        string[] lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        JsonNode first = JsonNode.Parse(lines[0])!;
        Assert.Equal(200, lines.Length);
        Assert.Equal(("d000", 0), (first["document_id"]!.GetValue<string>(), first["row"]!.GetValue<int>()));
        Assert.InRange(first["probability"]!.GetValue<double>(), 0, 1);
    }

    [Fact]
    public async Task Columns_TimesAndAuthors_AreListed()
    {
        JsonNode columns = await server.JsonAsync("map", "columns", "news");
        CliRun table = await server.RunAsync("map", "columns", "news");

        Assert.Equal(200, columns["times"]!["document_count"]!.GetValue<int>());
        Assert.Equal("author", columns["attributes"]![0]!["attribute"]!.GetValue<string>());
        Assert.Contains("author", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SearchAndLocate_WordsOfAText_FindIt()
    {
        JsonNode found = await server.JsonAsync("map", "search", "news", ThemedTexts.Text(5)[..20], "--count", "1");
        JsonNode position = await server.JsonAsync("map", "locate", "news", ThemedTexts.Text(5));

        Assert.True(found["count"]!.GetValue<int>() >= 1);
        Assert.Single(found["documents"]!.AsArray());
        Assert.Equal(5, position["nearest_row"]!.GetValue<int>());
    }
}
