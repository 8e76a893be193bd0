using System.Text.Json.Nodes;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class ExplainTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task Explain_TextOfATheme_NamesItsWords()
    {
        JsonNode answer = await server.JsonAsync("topics", "explain", "news", "cipher escrow wiretap", "--tokens");
        CliRun people = await server.RunAsync("topics", "explain", "news", "cipher escrow wiretap");

        Assert.Equal(
            ["cipher", "escrow", "wiretap"],
            answer["shared_terms"]!.AsArray().Select(static term => term!["term"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(3, answer["tokens"]!.AsArray().Count);
        Assert.Equal("density", answer["prediction"]!["mode"]!.GetValue<string>());
        Assert.Contains("wiretap", people.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_ByCentroid_SaysSo()
    {
        JsonNode answer = await server.JsonAsync("predict", "news", "cipher escrow wiretap", "--mode", "centroid", "--probabilities");

        Assert.Equal("centroid", answer["predictions"]![0]!["mode"]!.GetValue<string>());
        Assert.Equal(4, answer["predictions"]![0]!["probabilities"]!.AsObject().Count);
    }
}
