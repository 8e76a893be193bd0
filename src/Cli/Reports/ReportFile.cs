using System.Text.Json;

namespace TopicGrpc.Cli.Reports;

/// <summary>Writes <c>report.json</c>.</summary>
internal static class ReportFile
{
    public static async Task WriteAsync(string path, JobReport report, CancellationToken cancellationToken)
    {
        await using FileStream file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, report, Json.Indented, cancellationToken);
        await file.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
