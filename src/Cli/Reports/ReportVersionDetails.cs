using System.Text.Json.Nodes;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Reports;

/// <summary>One machine-readable version with the settings and the report of its fit.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Version">The version, as in a list.</param>
/// <param name="Fit">Id of the fit; null for an imported version.</param>
/// <param name="Operation">Name of the operation that derived the version; null for others.</param>
/// <param name="Settings">Settings with every default, in the format of a settings file; null if the server has no report.</param>
/// <param name="Choices">Choices of automatic settings with their reasons.</param>
/// <param name="Warnings">Warnings of the fit, one sentence each.</param>
internal sealed record ReportVersionDetails(
    string Model,
    ReportVersion Version,
    string? Fit,
    string? Operation,
    JsonObject? Settings,
    IReadOnlyList<SettingChoice> Choices,
    IReadOnlyList<string> Warnings)
{
    public static ReportVersionDetails Of(ModelVersion version) => new(
        version.Model,
        ReportVersion.Of(version),
        version.Fit.Length == 0 ? null : version.Fit,
        version.Operation?.GetType().Name,
        version.Report is { } report ? JsonNode.Parse(FitSettingsFile.Write(report.Settings))!.AsObject() : null,
        version.Report?.Choices ?? [],
        version.Report?.Warnings ?? []);
}
