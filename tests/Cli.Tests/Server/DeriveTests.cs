using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class DeriveTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task Operations_Each_MakeAVersionOfTheParentNamed()
    {
        using TempFolder folder = new();
        JsonNode reduced = await server.JsonAsync("topics", "reduce", "news@1", "--to", "3");
        JsonNode merged = await server.JsonAsync("topics", "merge", "news@1", "0,1", "2,3", "--label", "merged");
        JsonNode deleted = await server.JsonAsync("topics", "delete", "news@1", "3");
        JsonNode given = await server.JsonAsync("topics", "outliers", At(deleted), "--strategy", "embeddings");
        JsonNode named = await server.JsonAsync("topics", "relabel", "news@1", "0=The first", "2=The third");
        string update = folder.Write("update.json", """{"update_topics": {"top_n_words": 3, "ctfidf_model": {"bm25_weighting": true}}}""");
        JsonNode updated = await server.JsonAsync("models", "derive", "news@1", update);
        JsonNode models = await server.JsonAsync("models");

        Assert.All(new[] { reduced, merged, deleted, named, updated }, static result => Assert.Equal(1, result["parent"]!.GetValue<int>()));
        Assert.Equal(deleted["version"]!.GetValue<long>(), given["parent"]!.GetValue<long>());
        Assert.Equal(2, Topics(merged).Length);
        Assert.Equal(3, Topics(deleted).Length);
        Assert.InRange(given["outliers"]!.GetValue<int>(), 0, deleted["outliers"]!.GetValue<int>() - 1);
        Assert.All(
            new[] { reduced, merged, deleted, given, named, updated },
            static result => Assert.InRange(result["quality"]!["coherence"]!["c_npmi"]!.GetValue<double>(), -1, 1));
        Assert.Equal(3, deleted["quality"]!["topics"]!.GetValue<int>());
        Assert.Equal("The third", Topics(named)[2]["label"]!.GetValue<string>());
        Assert.All(Topics(updated), static topic => Assert.Equal(3, topic["words"]!.AsArray().Count));
        Assert.Equal(merged["version"]!.GetValue<long>(), models[0]!["labels"]!["merged"]!.GetValue<long>());
        Assert.Equal(1, models[0]!["labels"]!["stable"]!.GetValue<long>());
    }

    [Fact]
    public async Task ModelsPredictions_PolicyAndThreshold_AreUsedByPredict()
    {
        using TempFolder folder = new();
        JsonNode deleted = await server.JsonAsync("topics", "delete", "news@1", "3");
        JsonNode all = await server.JsonAsync(
            "models", "predictions", At(deleted), "--outliers", "all", "--novelty-threshold", "0.2");
        string file = folder.Write("keep.json", """{"update_predictions": {"outlier_policy": "keep", "novelty_threshold": 0}}""");
        JsonNode none = await server.JsonAsync("models", "derive", At(all), file);

        JsonNode[] answers =
        [
            await PredictAsync(At(deleted), "whisk oven butter"),
            await PredictAsync(At(all), "whisk oven butter"),
            await PredictAsync(At(none), "whisk oven butter"),
        ];
        CliRun table = await server.RunAsync("predict", At(deleted), "whisk oven butter");

        Assert.Equal(0, all["outliers"]!.GetValue<int>());
        Assert.Equal([true, true, false], answers.Select(static answer => answer["is_novel"]!.GetValue<bool>()));
        Assert.All(answers, static answer => Assert.InRange(answer["novelty"]!.GetValue<double>(), 0, 0.05));
        Assert.Contains("novel", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_WrongArguments_AreOneLine()
    {
        using TempFolder folder = new();
        CliRun nothing = await server.RunAsync("models", "predictions", "news");
        Assert.Contains("outlier_policy, outlier_min_similarity or novelty_threshold", nothing.OneLine(), StringComparison.Ordinal);

        CliRun neither = await server.RunAsync("topics", "reduce", "news");
        CliRun unknown = await server.RunAsync("topics", "merge", "news", "0,77");
        CliRun malformed = await server.RunAsync("topics", "relabel", "news", "Space");
        string operations = folder.Write("two.json", """{"delete_topics": {"topics_to_delete": [1]}, "reduce_topics": {"nr_topics": 2}}""");
        CliRun two = await server.RunAsync("models", "derive", "news", operations);

        Assert.Contains("--to N, --auto or --layer NAME", neither.OneLine(), StringComparison.Ordinal);
        Assert.Contains("no topic 77", unknown.OneLine(), StringComparison.Ordinal);
        Assert.Contains("3=Space flight", malformed.OneLine(), StringComparison.Ordinal);
        Assert.Contains("exactly one operation", two.OneLine(), StringComparison.Ordinal);
        Assert.All(new[] { neither, unknown, malformed, two }, static run => Assert.NotEqual(ExitCodes.Ok, run.ExitCode));
    }

    private async Task<JsonNode> PredictAsync(string model, string text) =>
        (await server.JsonAsync("predict", model, text))["predictions"]![0]!;

    private static string At(JsonNode result) => FormattableString.Invariant($"news@{result["version"]!.GetValue<long>()}");

    private static JsonNode[] Topics(JsonNode result) =>
        [.. result["topics"]!.AsArray().Where(static topic => topic!["topic"]!.GetValue<int>() >= 0).Select(static topic => topic!)];
}
