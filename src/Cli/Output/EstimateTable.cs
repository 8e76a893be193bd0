using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Output;

/// <summary>The estimate of a fit as a human-readable table.</summary>
internal static class EstimateTable
{
    private const double Megabyte = 1e6;

    public static Table Of(FitEstimate estimate)
    {
        Table table = new();
        table.AddColumns("stage", "time", "memory");
        foreach (StageEstimate stage in estimate.Stages)
        {
            table.AddRow(stage.Stage.ToString().ToLowerInvariant(), Seconds(stage.Duration), Megabytes(stage.MemoryBytes));
        }

        table.AddRow("together", Seconds(estimate.Duration), Megabytes(estimate.MemoryBytes));
        return table;
    }

    /// <summary>Formats what the estimate rests on and whether the server would start the fit.</summary>
    public static string LineOf(FitEstimate estimate) => string.Create(
        CultureInfo.InvariantCulture,
        $"{estimate.DocumentCount:N0} documents; the times adapt to {estimate.MeasuredFitCount} finished fits. "
        + $"A fit may use {Megabytes(estimate.MemoryLimitBytes)}: {(estimate.IsAllowed ? "it would start" : "it would be rejected")}.");

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture) + " s";

    private static string Megabytes(long bytes) => (bytes / Megabyte).ToString("N0", CultureInfo.InvariantCulture) + " MB";
}
