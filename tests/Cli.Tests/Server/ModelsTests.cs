using System.Text.Json.Nodes;
using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Tests.Server;

public sealed class ModelsTests(FittedServer server) : IClassFixture<FittedServer>
{
    [Fact]
    public async Task LabelsAndTraffic_StepByStep_AreShownAndChangeWhoAnswers()
    {
        JsonNode derived = await server.JsonAsync("topics", "reduce", "news@1", "--to", "3");
        string second = derived["version"]!.GetValue<long>().ToString(System.Globalization.CultureInfo.InvariantCulture);

        JsonNode labelled = await server.JsonAsync("models", "label", $"news@{second}", "stable");
        JsonNode back = await server.JsonAsync("models", "rollback", "news");
        JsonNode split = await server.JsonAsync("models", "traffic", "news", $"{second}=100");
        JsonNode predicted = await server.JsonAsync("predict", "news", "rocket orbit lunar", "--key", "ann");
        CliRun shown = await server.RunAsync("models", "traffic", "news");
        CliRun stale = await server.RunAsync("models", "traffic", "news", "--none", "--etag", "0000");
        JsonNode shadowed = await server.JsonAsync("models", "traffic", "news", "--shadow", second, "--sample", "12.5");
        CliRun report = await server.RunAsync("models", "shadow", "news");
        CliRun watched = await server.RunAsync("models", "watch", "news", "--count", "1");
        CliRun needed = await server.RunAsync("models", "delete", $"news@{second}");
        JsonNode ended = await server.JsonAsync("models", "traffic", "news", "--none");
        JsonNode deleted = await server.JsonAsync("models", "delete", $"news@{second}");

        Assert.Equal(1, labelled["previous"]!.GetValue<long>());
        Assert.Equal(1, back["version"]!.GetValue<long>());
        Assert.Equal(10_000, split["traffic"]!["targets"]![0]!["weight"]!.GetValue<int>());
        Assert.Equal(second, predicted["version"]!.ToString());
        Assert.Contains($"version {second}: 100 %", shown.Output, StringComparison.Ordinal);
        Assert.Contains("the request had no effect", stale.OneLine(), StringComparison.Ordinal);
        Assert.Equal(1250, shadowed["traffic"]!["shadow_sample"]!.GetValue<int>());
        Assert.Contains("compared 0, disagreed 0, dropped 0, failed 0", report.Output, StringComparison.Ordinal);
        Assert.Contains($"shadow version {second} gets copies of 12.5 %; labels stable=1", watched.Output, StringComparison.Ordinal);
        Assert.Contains("traffic policy", needed.OneLine(), StringComparison.Ordinal);
        Assert.Null(ended["traffic"]);
        Assert.Equal(second, deleted["deleted"]!.ToString());
    }

    [Fact]
    public async Task Commands_WrongArguments_AreOneLine()
    {
        CliRun label = await server.RunAsync("models", "label", "news", "stable");
        CliRun target = await server.RunAsync("models", "traffic", "news", "1:70");
        CliRun sum = await server.RunAsync("models", "traffic", "news", "1=70");
        CliRun fine = await server.RunAsync("models", "traffic", "news", "1=99.999");
        CliRun both = await server.RunAsync("models", "traffic", "news", "1=100", "--none");
        CliRun sample = await server.RunAsync("models", "traffic", "news", "--sample", "5");

        Assert.Contains("news@7", label.OneLine(), StringComparison.Ordinal);
        Assert.Contains("7=70", target.OneLine(), StringComparison.Ordinal);
        Assert.Contains("10000", sum.OneLine(), StringComparison.Ordinal);
        Assert.Contains("two decimals", fine.OneLine(), StringComparison.Ordinal);
        Assert.Contains("--none", both.OneLine(), StringComparison.Ordinal);
        Assert.Contains("--shadow", sample.OneLine(), StringComparison.Ordinal);
        Assert.All(new[] { label, target, sum, fine, both, sample }, static run => Assert.NotEqual(ExitCodes.Ok, run.ExitCode));
    }
}
