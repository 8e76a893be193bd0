using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Tests.Settings;

public sealed class OperationFileTests
{
    [Theory]
    [InlineData("""{"reduce_topics": {"nr_topics": 1}}""", "reduce_topics.nr_topics must be 2 or more, 1 given")]
    [InlineData(
        """{"reduce_topics": {"nr_topics": 2.0}}""",
        "reduce_topics.nr_topics must be a whole number, 2 or more, or \"auto\", found 2.0")]
    [InlineData("""{"reduce_topics": {}}""", "reduce_topics.nr_topics must be set")]
    [InlineData("""{"reduce_outliers": {"threshold": 2}}""", "reduce_outliers.threshold must be 0 to 1, 2 given")]
    [InlineData("""{"reduce_outliers": {"threshold": "0.5"}}""", "reduce_outliers.threshold must be a number, 0 to 1, found \"0.5\"")]
    [InlineData(
        """{"merge_models": {"models": ["sport@2"], "min_similarity": -2}}""",
        "merge_models.min_similarity must be -1 to 1, -2 given")]
    [InlineData("""{"update_topics": {"top_n_words": 0}}""", "update_topics: top_n_words must be 1 to 100, 0 given")]
    public void Parse_WrongNumber_NamesKeyAndLimit(string json, string fault)
    {
        SettingsFileException wrong = Assert.Throws<SettingsFileException>(() => OperationFile.Parse("operation.json", json));

        Assert.Contains(fault, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_MergeWithoutSimilarity_LeftToTheServer() => Assert.Null(
        Assert.IsType<MergeModels>(OperationFile.Parse("operation.json", """{"merge_models": {"models": ["sport@2"]}}""")).MinSimilarity);

    [Theory]
    [InlineData("--to: must be 2 or more, 1 given", "topics", "reduce", "news", "--to", "1")]
    [InlineData("--threshold: must be 0 to 1, 1.5 given", "topics", "outliers", "news", "--threshold", "1.5")]
    [InlineData("--min-similarity: must be -1 to 1, 2 given", "models", "merge", "news", "sport@2", "--min-similarity", "2")]
    public async Task Option_OutsideTheLimits_BadInputNamesTheLimit(string fault, params string[] arguments)
    {
        CliRun run = await CliRun.OfAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(fault, run.OneLine(), StringComparison.Ordinal);
    }
}
