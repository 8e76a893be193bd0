using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>One version, one topic, and the documents of a topic.</summary>
public sealed class ShowTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task ModelsShow_FittedVersion_HasItsSettingsAndQuality()
    {
        JsonNode shown = await server.JsonAsync("models", "show", "news@1");
        CliRun table = await server.RunAsync("models", "show", "news@1");

        Assert.Equal(20, shown["settings"]!["hdbscan_model"]!["min_cluster_size"]!.GetValue<int>());
        Assert.Equal((1, 200), (shown["version"]!["version"]!.GetValue<int>(), shown["version"]!["documents"]!.GetValue<int>()));
        Assert.Contains("quality: 4 topics", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopicsShow_ByNumberAndByUid_IsTheSameTopic()
    {
        JsonNode byNumber = await server.JsonAsync("topics", "show", "news@1", "2");
        JsonNode byUid = await server.JsonAsync("topics", "show", "news@1", byNumber["uid"]!.GetValue<string>());
        CliRun table = await server.RunAsync("topics", "show", "news@1", "2");

        Assert.Equal(2, byNumber["topic"]!.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(byNumber, byUid));
        Assert.NotEmpty(byNumber["representative_documents"]!.AsArray());
        Assert.Contains(byNumber["representative_documents"]![0]!.GetValue<string>(), table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopicsShow_TopicThatIsNone_IsOneLine()
    {
        CliRun number = await server.RunAsync("topics", "show", "news@1", "99");
        CliRun uid = await server.RunAsync("topics", "show", "news@1", "taaaaaaaaaaaa");

        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (number.ExitCode, uid.ExitCode));
        Assert.Contains("99", number.OneLine(), StringComparison.Ordinal);
        Assert.Contains("taaaaaaaaaaaa", uid.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopicsDocuments_OneTopic_AreItsMembersOnePerLine()
    {
        JsonNode topic = await server.JsonAsync("topics", "show", "news@1", "1");

        string[] lines = (await server.RunAsync("topics", "documents", "news@1", "--topic", "1", "--json"))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        CliRun all = await server.RunAsync("topics", "documents", "news@1");

        Assert.Equal(topic["count"]!.GetValue<int>(), lines.Length);
        Assert.All(lines, static line => Assert.Equal(1, JsonNode.Parse(line)!["topic_id"]!.GetValue<int>()));
        Assert.Equal(200, all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
