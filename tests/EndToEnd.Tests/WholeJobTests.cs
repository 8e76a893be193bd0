using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace TopicGrpc.EndToEnd.Tests;

/// <summary>The tool as a user runs it, every call through the published contract, the real encoder.</summary>
public sealed class WholeJobTests : IDisposable
{
    private const int Documents = 520;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_Sample_FilesAgreeAndTheVersionServesAfterARestart()
    {
        string output = _folder.At("out");
        string[] ids = WriteSample(_folder.At("speeches.jsonl"));

        JsonNode report = (await ToolProcess.RunAsync(
            "fit", _folder.At("speeches.jsonl"), "--settings", WriteSettings(), "--out", output, "--precision", "fast", "--json",
            "--time-field", "year", "--predict", "Health insurance costs too much for our seniors.")).Json();

        CheckReport(report, await File.ReadAllTextAsync(Path.Combine(output, "report.json"), TestContext.Current.CancellationToken));
        CheckDocuments(
            report, ids, await File.ReadAllLinesAsync(Path.Combine(output, "documents.jsonl"), TestContext.Current.CancellationToken));
        Assert.Equal("svg", XDocument.Load(Path.Combine(output, "barchart.svg")).Root!.Name.LocalName);
        Assert.Equal("svg", XDocument.Load(Path.Combine(output, "clusters.svg")).Root!.Name.LocalName);

        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(output, "data"));
        await CheckServerAsync(server.Address.Authority, report);
        await CheckRefusalsAsync(server.Address.Authority);
        await CheckGrpcurlAsync(server.Address.Authority, report);
    }

    private static void CheckReport(JsonNode report, string file)
    {
        Assert.Equal(JsonNode.Parse(file)!.ToJsonString(), report.ToJsonString());
        Assert.Equal(Documents, report["documents"]!.GetValue<int>());
        Assert.Equal($"[{Documents},384]", report["embedding"]!["shape"]!.ToJsonString());
        Assert.Equal(42, report["seed"]!.GetValue<int>());
        JsonArray topics = report["topics"]!.AsArray();
        Assert.True(topics.Count >= 4, $"{topics.Count} topics");
        Assert.Equal(Documents, topics.Sum(t => t!["count"]!.GetValue<int>()));
        Assert.Equal(topics.Select(t => t!["topic"]!.GetValue<int>()).Order(), topics.Select(t => t!["topic"]!.GetValue<int>()));
        JsonNode prediction = report["predictions"]![0]!;
        double inTopics = prediction["probabilities"]!.AsObject().Sum(p => p.Value!.GetValue<double>());
        Assert.Equal(1.0, inTopics + prediction["outlier_probability"]!.GetValue<double>(), 1e-6);
    }

    private static void CheckDocuments(JsonNode report, string[] ids, string[] lines)
    {
        JsonNode[] documents = [.. lines.Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(ids, documents.Select(d => d["id"]!.GetValue<string>()));
        foreach (JsonNode? topic in report["topics"]!.AsArray())
        {
            int number = topic!["topic"]!.GetValue<int>();
            JsonNode[] members = [.. documents.Where(d => d["topic"]!.GetValue<int>() == number)];
            Assert.Equal(topic["count"]!.GetValue<int>(), members.Length);
            Assert.All(members, d => Assert.Equal(topic["name"]!.GetValue<string>(), d["name"]!.GetValue<string>()));
            Assert.Equal(topic["representative_documents"]!.AsArray().Count, members.Count(d => d["representative"]!.GetValue<bool>()));
        }
    }

    private static async Task CheckServerAsync(string server, JsonNode report)
    {
        JsonNode models = (await ToolProcess.RunAsync("models", "--server", server, "--json")).Json();
        Assert.Equal("speeches", models[0]!["name"]!.GetValue<string>());
        Assert.Equal(1, models[0]!["labels"]!["stable"]!.GetValue<int>());

        JsonNode topics = (await ToolProcess.RunAsync("topics", "speeches", "--server", server, "--json")).Json();
        Assert.Equal(report["topics"]!.ToJsonString(), topics["topics"]!.ToJsonString());

        JsonNode expected = report["predictions"]![0]!;
        string text = expected["text"]!.GetValue<string>();
        JsonNode predicted =
            (await ToolProcess.RunAsync("predict", "speeches@stable", text, "--probabilities", "--server", server, "--json")).Json();
        Assert.Equal(expected.ToJsonString(), predicted["predictions"]![0]!.ToJsonString());
    }

    private static async Task CheckRefusalsAsync(string server)
    {
        await RefusedAsync(1, "The model 'models/nothing' does not exist.", "predict", "nothing", "a text", "--server", server);
        await RefusedAsync(2, "text: must contain more than white space.", "predict", "speeches", "  ", "--server", server);
    }

    private static async Task RefusedAsync(int exitCode, string message, params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunAsync(arguments);
        Assert.Equal((exitCode, "", $"topicgrpc: {message}\n"), (result.ExitCode, result.Output, result.Errors));
    }

    private static async Task CheckGrpcurlAsync(string server, JsonNode report)
    {
        string grpcurl = Path.GetFullPath(Repository.At("..", "shared", "tools", "grpcurl"));
        if (!File.Exists(grpcurl))
        {
            return;
        }

        using var health = ToolProcess.StartProgram(grpcurl, "-plaintext", server, "grpc.health.v1.Health/Check");
        Assert.Contains("SERVING", (await health.EndAsync()).Succeeded(), StringComparison.Ordinal);

        using var services = ToolProcess.StartProgram(grpcurl, "-plaintext", server, "list");
        Assert.Contains("topicgrpc.v1.PredictionService", (await services.EndAsync()).Succeeded(), StringComparison.Ordinal);

        JsonNode expected = report["predictions"]![0]!;
        string request = $$"""{"selector":{"model":"models/speeches"},"text":"{{expected["text"]}}"}""";
        using var predict = ToolProcess.StartProgram(
            grpcurl, "-plaintext", "-d", request, server, "topicgrpc.v1.PredictionService/Predict");
        JsonNode answer = (await predict.EndAsync()).Json();
        Assert.True(answer["prediction"]?["topic_name"]?.GetValue<string>() == expected["name"]!.GetValue<string>(), answer.ToJsonString());
        Assert.Equal("models/speeches/versions/1", answer["model_version"]!.GetValue<string>());

        using var list = ToolProcess.StartProgram(
            grpcurl, "-plaintext", "-d", """{"selector":{"model":"models/speeches"}}""", server, "topicgrpc.v1.TopicService/ListTopics");
        Assert.Equal(report["topics"]!.AsArray().Count, (await list.EndAsync()).Json()["topics"]!.AsArray().Count);
    }

    // Every sixth passage of the sample: all years, small enough to be embedded within a test.
    private static string[] WriteSample(string path)
    {
        string[] lines =
        [
            .. File.ReadLines(Repository.At("samples", "state-of-the-union", "addresses-1961-2021.jsonl"))
                .Where((_, i) => i % 6 == 0)
                .Take(Documents),
        ];
        File.WriteAllLines(path, lines);
        return [.. lines.Select(line => JsonNode.Parse(line)!["id"]!.GetValue<string>())];
    }

    private string WriteSettings()
    {
        string path = _folder.At("settings.json");
        File.WriteAllText(
            path,
            """
            {"hdbscan_model": {"min_cluster_size": 8}, "vectorizer_model": {"stop_words": "english"}, "calculate_probabilities": true}
            """);
        return path;
    }
}
