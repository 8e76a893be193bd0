using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Output;

/// <summary>Models and versions as human-readable tables.</summary>
internal static class ModelTables
{
    private const string StableAnswers = "the version labeled stable answers";

    public static Table Of(IReadOnlyList<ModelInfo> models)
    {
        Table table = new();
        table.AddColumns("model", "newest version", "labels", "created");
        foreach (ModelInfo model in models)
        {
            table.AddRow(Markup.Escape(model.Name), Number(model.LatestVersion), Markup.Escape(Labels(model)), Time(model.Created));
        }

        return table;
    }

    public static Table Of(IReadOnlyList<ModelVersion> versions)
    {
        Table table = new();
        table.AddColumns("version", "state", "topics", "documents", "outliers", "largest", "c_npmi", "diversity", "agreement", "created");
        foreach (ModelVersion version in versions)
        {
            string state = version.ErrorMessage.Length == 0 ? State(version) : $"{State(version)}: {version.ErrorMessage}";
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

    public static Table Of(ShadowReport report)
    {
        Table table = new();
        table.AddColumns("count", "version", "topic", "topic of the shadow");
        foreach (TopicDisagreement pair in report.Disagreements)
        {
            table.AddRow(
                Number(pair.Count),
                Number(pair.Version),
                Topic(pair.TopicId, pair.TopicName),
                Topic(pair.ShadowTopicId, pair.ShadowTopicName));
        }

        return table;
    }

    /// <summary>Describes which versions answer calls that name no version.</summary>
    public static string TrafficOf(ModelInfo model)
    {
        if (model.Traffic is not { } traffic)
        {
            return $"{model.Name}: no traffic policy; {StableAnswers}";
        }

        string targets = traffic.Targets.Count == 0
            ? StableAnswers
            : string.Join(", ", traffic.Targets.Select(static target => $"version {target.Version}: {Percent(target.Weight)}"));
        return traffic.ShadowVersion is { } shadow
            ? FormattableString.Invariant(
                $"{model.Name}: {targets}; shadow version {shadow} gets copies of {Percent(traffic.ShadowSample)}")
            : $"{model.Name}: {targets}";
    }

    /// <summary>Formats the state of a model as one line.</summary>
    public static string LineOf(ModelState state)
    {
        IEnumerable<string> versions = state.Versions.Select(static version =>
            FormattableString.Invariant($"{version.Version} {State(version)}"));
        return $"{TrafficOf(state.Model)}; labels {Labels(state.Model)}; versions {string.Join(", ", versions)}";
    }

    private static string Labels(ModelInfo model) => string.Join(", ", model.Labels
        .OrderBy(static label => label.Key, StringComparer.Ordinal)
        .Select(static label => FormattableString.Invariant($"{label.Key}={label.Value}")));

    private static string State(ModelVersion version) => version.State.ToString().ToLowerInvariant();

    private static string Topic(int id, string name) => Markup.Escape(id < 0 ? "outlier" : name);

    private static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Figure(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
