using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class GuidanceTests(FittedServer server) : IClassFixture<FittedServer>
{
    private static readonly string[] Themes = ["space", "graphics", "hockey", "privacy"];

    [Fact]
    public async Task Fit_TopicAttribute_TakesTheFieldsValuesAsTopics()
    {
        using TempFolder folder = new();

        JsonNode report = await FitAsync(folder, "given", """{"top_n_words": 4}""", "--topic-attribute", "theme");
        JsonNode prediction = await server.JsonAsync("predict", "given", "puck goalie skating");

        Assert.Equal(
            Themes.Order(StringComparer.Ordinal),
            report["topics"]!.AsArray().Select(static topic => topic!["label"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("theme", report["settings"]!["topic_attribute"]!.GetValue<string>());
        Assert.Equal("centroid", prediction["predictions"]![0]!["mode"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fit_ZeroShotTopicAndTarget_AreInTheReportAsResolved()
    {
        using TempFolder folder = new();

        JsonNode report = await FitAsync(
            folder,
            "zero",
            """{"zeroshot_min_similarity": 0.3, "min_topic_size": 20}""",
            "--zero-shot-topic",
            "goalie hockey puck playoff",
            "--target-attribute",
            "theme");

        JsonNode settings = report["settings"]!;
        Assert.Equal("""["goalie hockey puck playoff"]""", settings["zeroshot_topic_list"]!.ToJsonString());
        Assert.Equal(
            (0.3, "theme"), (settings["zeroshot_min_similarity"]!.GetValue<double>(), settings["target_attribute"]!.GetValue<string>()));
        Assert.Equal("goalie hockey puck playoff", Topic(report["topics"]!, 0)["label"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fit_SeedTopicsAndRepresentations_ShowAspectsForMachines()
    {
        using TempFolder folder = new();

        JsonNode report = await FitAsync(
            folder,
            "seeded",
            """
            {"min_topic_size": 20, "seed_topic_list": [["moon"]], "representation_model": {"Main": ["KeyBERTInspired"], "Weighted": []}}
            """,
            "--seed-topic",
            "telescope, astronaut",
            "--seed-topic",
            "cipher");
        JsonNode topics = (await server.JsonAsync("topics", "seeded"))["topics"]!;

        Assert.Equal("""[["telescope","astronaut"],["cipher"]]""", report["settings"]!["seed_topic_list"]!.ToJsonString());
        Assert.Equal(
            100, report["settings"]!["representation_model"]!["Main"]![0]!["KeyBERTInspired"]!["nr_candidate_words"]!.GetValue<int>());
        Assert.All(
            topics.AsArray(),
            static topic => Assert.Equal(["Weighted"], topic!["aspects"]!.AsObject().Select(static aspect => aspect.Key)));
        Assert.Equal(Topic(topics, 0)["aspects"]!.ToJsonString(), Topic(report["topics"]!, 0)["aspects"]!.ToJsonString());
    }

    [Fact]
    public async Task Derive_UpdateTopics_TakesRepresentationsMovesAndAttributes()
    {
        using TempFolder folder = new();

        JsonNode diverse = await DeriveAsync(
            folder, """{"representation_model": {"Short": {"MaximalMarginalRelevance": {"top_n_words": 2}}}}""");
        JsonNode moved = await DeriveAsync(folder, """{"topics": {"d000": -1, "d001": -1}}""");
        JsonNode authors = await DeriveAsync(folder, """{"topic_attribute": "author"}""");

        Assert.Equal(2, Topic(diverse["topics"]!, 0)["aspects"]!["Short"]!.AsArray().Count);
        Assert.True(moved["outliers"]!.GetValue<int>() >= 2);
        Assert.Equal(["ann", "bob"], authors["topics"]!.AsArray().Select(static topic => topic!["label"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Fit_UnknownAttribute_IsOneLine()
    {
        using TempFolder folder = new();

        CliRun run = await server.RunAsync(
            "fit", Input(folder), "--model", "none", "--out", folder.At("out"), "--topic-attribute", "section");

        Assert.NotEqual(ExitCodes.Ok, run.ExitCode);
        Assert.Contains("has a value of the attribute 'section'", run.OneLine(), StringComparison.Ordinal);
    }

    private static JsonNode Topic(JsonNode topics, int id) => topics.AsArray().Single(topic => topic!["topic"]!.GetValue<int>() == id)!;

    private static string Input(TempFolder folder) =>
        folder.Write("themes.jsonl", string.Join('\n', Enumerable.Range(0, 160).Select(static index => new JsonObject
        {
            ["id"] = FormattableString.Invariant($"t{index:000}"),
            ["text"] = ThemedTexts.Text(index),
            ["theme"] = Themes[index % Themes.Length],
        }.ToJsonString())));

    private Task<JsonNode> FitAsync(TempFolder folder, string model, string settings, params string[] options) => server.JsonAsync(
        [
            "fit", Input(folder), "--model", model, "--out", folder.At("out"), "--settings", folder.Write("settings.json", settings),
            .. options,
        ]);

    private Task<JsonNode> DeriveAsync(TempFolder folder, string arguments) =>
        server.JsonAsync("models", "derive", "news@1", folder.Write("update.json", $$"""{"update_topics": {{arguments}}}"""));
}
