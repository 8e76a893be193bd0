using System.Text.Json;
using System.Text.RegularExpressions;

namespace TopicGrpc.Deployment.Tests;

/// <summary>Dashboard and alerts query only metrics that the server has.</summary>
public sealed partial class MetricNameTests
{
    private static readonly string[] Suffixes =
    [
        "_seconds_bucket", "_seconds_count", "_seconds_sum", "_bytes", "_total", "_bucket", "_count", "_sum",
    ];

    [Theory]
    [InlineData("deploy/prometheus/rules.yml", 6)]
    [InlineData("deploy/grafana/topicgrpc.json", 12)]
    public void File_EveryMetric_IsAnInstrumentOfTheServer(string path, int fewest)
    {
        HashSet<string> instruments =
        [
            .. Instrument().Matches(DeployedFiles.ServerSource()).Select(static match => match.Groups[1].Value.Replace('.', '_')),
        ];
        string[] used = [.. Metric().Matches(DeployedFiles.Read(path)).Select(static match => match.Value).Distinct()];

        IEnumerable<string> unknown = used.Where(name => !instruments.Contains(name) && !instruments.Contains(Base(name)));

        Assert.Empty(unknown);
        Assert.True(used.Length >= fewest, $"{used.Length} metrics");
    }

    [Fact]
    public void Rules_EveryAlert_IsTestedBothWays()
    {
        string rules = DeployedFiles.Read("deploy/prometheus/rules.yml");
        string[] alerts = [.. Alert().Matches(rules).Select(static match => match.Groups[1].Value)];
        string tests = DeployedFiles.Read("deploy/prometheus/rules.test.yml");

        Assert.True(alerts.Length >= 6);
        Assert.All(alerts, alert => Assert.Equal(2, Regex.Count(tests, $@"alertname: {alert}\b")));
    }

    [Fact]
    public void Dashboard_Panels_HaveQueriesAndDistinctIds()
    {
        using var dashboard = JsonDocument.Parse(DeployedFiles.Read("deploy/grafana/topicgrpc.json"));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];

        Assert.Equal(panels.Length, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, static panel => Assert.All(
            panel.GetProperty("targets").EnumerateArray(),
            static target => Assert.NotEmpty(target.GetProperty("expr").GetString()!)));
    }

    private static string Base(string metric)
    {
        string? suffix = Suffixes.FirstOrDefault(suffix => metric.EndsWith(suffix, StringComparison.Ordinal));
        return suffix is null ? metric : metric[..^suffix.Length];
    }

    [GeneratedRegex("\"((?:topicgrpc|rpc)\\.[a-z_.]+)\"")]
    private static partial Regex Instrument();

    // Recording rules have colons and are no metrics of the server.
    [GeneratedRegex(@"(?<![:a-z_])(topicgrpc_[a-z_]+|rpc_server_[a-z_]+)")]
    private static partial Regex Metric();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex Alert();
}
