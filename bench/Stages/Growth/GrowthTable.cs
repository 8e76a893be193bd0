using System.Globalization;
using System.Text.Json;

namespace TopicGrpc.Stages.Growth;

/// <summary>Prints reports, each with the growth since the report before it of the same settings.</summary>
internal sealed class GrowthTable(bool isJson)
{
    private static readonly string[] Columns =
    [
        "documents", "settings", "neighbors", "layout", "clusters", "together", "CPU s", "exponent", "private MB", "bytes/doc", "recall@15",
        "AMI", "topics", "outliers", "estimated s", "ratio", "estimated MB", "ratio", "load",
    ];

    private readonly Dictionary<string, GrowthReport> _last = [];

    public void Add(GrowthReport report)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, GrowthContext.Default.GrowthReport));
            return;
        }

        if (_last.Count == 0)
        {
            Print(Columns);
            Print(Enumerable.Repeat("---", Columns.Length));
        }

        double? exponent = _last.TryGetValue(report.Settings, out GrowthReport? before)
            ? Math.Log(report.CpuSeconds / before.CpuSeconds) / Math.Log((double)report.Documents / before.Documents)
            : null;
        _last[report.Settings] = report;
        Print(
        [
            Text(report.Documents, "F0"),
            report.Settings,
            .. report.Stages.Select(static stage => $"{Text(stage.Seconds, "F1")} ({Text(stage.CpuSeconds, "F1")})"),
            Text(report.Seconds, "F1"),
            Text(report.CpuSeconds, "F1"),
            Text(exponent, "F2"),
            Text(report.PrivateMb, "F0"),
            Text(report.BytesPerDocument, "F0"),
            Text(report.Recall, "F3"),
            Text(report.Agreement, "F3"),
            Text(report.Clusters, "F0"),
            Text(report.Outliers, "F0"),
            Text(report.EstimatedSeconds, "F1"),
            Text(report.EstimatedSeconds / report.Seconds, "F2"),
            Text(report.EstimatedMb, "F0"),
            Text(report.EstimatedMb / report.PrivateMb, "F2"),
            Text(report.Load, "F1"),
        ]);
    }

    private static void Print(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
