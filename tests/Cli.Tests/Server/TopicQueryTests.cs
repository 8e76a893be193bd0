using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class TopicQueryTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task Topics_WithoutASubcommand_ListsThem()
    {
        JsonNode list = await server.JsonAsync("topics", "news@stable");

        Assert.Equal(4, list["topics"]!.AsArray().Count(static topic => topic!["topic"]!.GetValue<int>() >= 0));
    }

    [Fact]
    public async Task Search_WordsOfATheme_FindItsTopicFirst()
    {
        JsonNode found = await server.JsonAsync("topics", "search", "news", "goalie playoff overtime", "--count", "2");

        Assert.Equal(2, found["hits"]!.AsArray().Count);
        Assert.Contains("hockey", found["hits"]![0]!["topic"]!["words"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hierarchy_ForPeopleAndMachines_IsTheSame()
    {
        JsonNode machines = await server.JsonAsync("topics", "hierarchy", "news");
        CliRun people = await server.RunAsync("topics", "hierarchy", "news");

        Assert.Equal(3, machines["merges"]!.AsArray().Count);
        Assert.Contains("Topic: 3", people.Output, StringComparison.Ordinal);
        Assert.Contains(machines["tree"]!.GetValue<string>().TrimEnd('\n'), people.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OverTime_OneTopicInBins_IsListedAlone()
    {
        JsonNode result = await server.JsonAsync("topics", "over-time", "news", "--bins", "5", "--topic", "1");

        JsonArray points = result["points"]!.AsArray();
        Assert.Equal(5, points.Count);
        Assert.All(points, static point => Assert.Equal(1, point!["topic_id"]!.GetValue<int>()));
    }

    [Fact]
    public async Task PerClass_Author_HasBothAuthors()
    {
        JsonNode result = await server.JsonAsync("topics", "per-class", "news", "author");
        CliRun unknown = await server.RunAsync("topics", "per-class", "news", "editor");

        Assert.Equal(
            ["ann", "bob"], result["points"]!.AsArray().Select(static point => point!["class_name"]!.GetValue<string>()).Distinct());
        Assert.Equal(ExitCodes.Failed, unknown.ExitCode);
        Assert.Contains("'editor'", unknown.OneLine(), StringComparison.Ordinal);
    }
}
