using System.Globalization;
using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary><c>predict</c> with several texts and with the documents of an input.</summary>
public sealed class PredictInputTests(FittedServer server) : IClassFixture<FittedServer>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predict_Input_AnswersEveryDocumentInOrderAsTheTextsDo()
    {
        string[] texts = [.. Enumerable.Range(0, 600).Select(static index => ThemedTexts.Text(index))];
        string input = _folder.Write("texts.txt", string.Join('\n', texts));

        JsonNode[] lines = await LinesAsync("predict", "news", "--input", input);
        JsonNode given = await server.JsonAsync(["predict", "news", .. texts.Take(300)]);

        Assert.Equal(
            Enumerable.Range(1, 600).Select(static line => line.ToString(CultureInfo.InvariantCulture)),
            lines.Select(static line => line["id"]!.GetValue<string>()));
        Assert.Equal(
            given["predictions"]!.AsArray().Select(static answer => answer!["topic"]!.GetValue<int>()),
            lines.Take(300).Select(static line => line["topic"]!.GetValue<int>()));
        Assert.All(lines, static line => Assert.Equal(1, line["version"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Predict_InputWithOneInvalidText_AnswersTheOthersAndFails()
    {
        string input = _folder.Write(
            "texts.jsonl",
            """
            {"id": "a", "text": "rocket orbit lunar"}
            {"id": "blank", "text": "  "}
            {"id": "c", "text": "puck goalie skating"}
            """);

        CliRun run = await server.RunAsync("predict", "news", "--input", input, "--json");

        JsonNode[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
        Assert.Equal(["a", "blank", "c"], lines.Select(static line => line["id"]!.GetValue<string>()));
        Assert.Equal([false, true, false], lines.Select(static line => line["error"] is not null));
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.StartsWith(
            "topicgrpc: documents without a prediction: 1; the first is \"blank\": ", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_InputWithMalformedRecord_NamesTheLine()
    {
        string input = _folder.Write("texts.jsonl", "{\"id\": \"a\", \"text\": \"rocket\"}\n{\"id\": \n");

        CliRun run = await server.RunAsync("predict", "news", "--input", input);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"{input}, line 2: ", run.OneLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("predict", "news")]
    [InlineData("predict", "news", "a text", "--input", "a.txt")]
    public async Task Predict_NeitherOrBoth_IsRejected(params string[] arguments)
    {
        CliRun run = await server.RunAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal("topicgrpc: text and --input: exactly one must be given", run.OneLine());
    }

    private async Task<JsonNode[]> LinesAsync(params string[] arguments)
    {
        CliRun run = await server.RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == ExitCodes.Ok, run.Errors);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
    }
}
