using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Output;

/// <summary>Models and versions as people read them.</summary>
internal static class ModelTables
{
    public static Table Of(IReadOnlyList<ModelInfo> models)
    {
        Table table = new();
        table.AddColumns("model", "newest version", "labels", "created");
        foreach (ModelInfo model in models)
        {
            string labels = string.Join(", ", model.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => FormattableString.Invariant($"{l.Key}={l.Value}")));
            table.AddRow(Markup.Escape(model.Name), Number(model.LatestVersion), Markup.Escape(labels), Time(model.Created));
        }

        return table;
    }

    public static Table Of(IReadOnlyList<ModelVersion> versions)
    {
        Table table = new();
        table.AddColumns("version", "state", "topics", "documents", "outliers", "largest", "c_npmi", "diversity", "agreement", "created");
        foreach (ModelVersion version in versions)
        {
            string state = version.ErrorMessage.Length == 0 ? version.State.ToString().ToLowerInvariant() : $"{version.State.ToString().ToLowerInvariant()}: {version.ErrorMessage}";
            string outliers = version.OutlierShare.ToString("P1", CultureInfo.InvariantCulture);
            FitQuality? quality = version.Report?.Quality;
            table.AddRow(
                Number(version.Version),
                Markup.Escape(state),
                Number(version.TopicCount),
                Number(version.DocumentCount),
                outliers,
                Figure(quality?.LargestTopicShare, "P1"),
                Figure(quality?.CoherenceBy(CoherenceMeasures.Npmi), "F3"),
                Figure(quality?.Diversity, "F3"),
                Figure(quality?.Agreement?.Share, "P1"),
                Time(version.Created));
        }

        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Figure(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
