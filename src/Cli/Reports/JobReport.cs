using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TopicGrpc.Cli.Names;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Reports;

/// <summary>The content of <c>report.json</c>; its property names there are in snake case.</summary>
internal sealed record JobReport
{
    public required string Model { get; init; }

    public required long Version { get; init; }

    public required long Documents { get; init; }

    public required ReportEmbedding Embedding { get; init; }

    /// <summary>Settings as resolved by the server, with every default, in the format of a settings file.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>Choices of automatic settings with their reasons; empty for other settings.</summary>
    public required IReadOnlyList<SettingChoice> Choices { get; init; }

    /// <summary>Sizes of the smallest cluster that automatic settings tried, ascending; empty if the size was given.</summary>
    public required IReadOnlyList<ResolutionPoint> Resolution { get; init; }

    /// <summary>The largest groups of near-duplicates; empty unless duplicates were merged.</summary>
    public required IReadOnlyList<DuplicateGroup> Duplicates { get; init; }

    /// <summary>Languages of the documents, the most frequent first.</summary>
    public required IReadOnlyList<LanguageShare> Languages { get; init; }

    /// <summary>The sample of the fit; absent if it used all documents.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FitSample? Sample { get; init; }

    public required long? Seed { get; init; }

    /// <summary>Seconds by stage: the ingest, the stages of the fit, and the total.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Documents per second by stage of the fit.</summary>
    public required IReadOnlyDictionary<string, double> DocumentsPerSecond { get; init; }

    /// <summary>Null if the version was not measured.</summary>
    public required ReportQuality? Quality { get; init; }

    /// <summary>In the order of BERTopic's <c>get_topic_info</c>: by number, the outliers (−1) first.</summary>
    public required IReadOnlyList<ReportTopic> Topics { get; init; }

    /// <summary>BERTopic's <c>get_topic_freq</c>: by size, the largest first, including the outliers.</summary>
    public required IReadOnlyList<ReportFrequency> Frequencies { get; init; }

    public required long Outliers { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<ReportPrediction> Predictions { get; init; }

    public static JobReport Of(JobResult result)
    {
        FitReport fit = result.Fit.Report;
        return new JobReport
        {
            Model = result.Fit.Model,
            Version = result.Fit.Version,
            Documents = fit.DocumentCount,
            Embedding = ReportEmbedding.Of(fit),
            Settings = JsonNode.Parse(FitSettingsFile.Write(fit.Settings))!.AsObject(),
            Choices = fit.Choices,
            Resolution = fit.Resolution,
            Duplicates = fit.Duplicates,
            Languages = fit.Languages,
            Sample = fit.Sample,
            Seed = fit.Settings.Seed,
            Seconds = SecondsOf(result),
            DocumentsPerSecond = fit.Stages.ToDictionary(
                static stage => StageNames.Of(stage.Stage),
                static stage => Math.Round(stage.DocumentsPerSecond, 1),
                StringComparer.Ordinal),
            Quality = ReportQuality.Of(fit.Quality),
            Topics = [.. result.Topics.Topics.Select(ReportTopic.Of)],
            Frequencies = [.. result.Topics.Topics
                .OrderByDescending(static topic => topic.Count)
                .ThenBy(static topic => topic.Id)
                .Select(static topic => new ReportFrequency(topic.Id, topic.Count))],
            Outliers = result.Topics.OutlierCount,
            Warnings = fit.Warnings,
            Predictions = [.. result.Predictions.Select(p => ReportPrediction.Of(p.Text, p.Prediction))],
        };
    }

    private static Dictionary<string, double> SecondsOf(JobResult result)
    {
        Dictionary<string, double> seconds = new(StringComparer.Ordinal) { ["ingest"] = Rounded(result.IngestTime) };
        foreach (StageTime stage in result.Fit.Report.Stages)
        {
            seconds[StageNames.Of(stage.Stage)] = Rounded(stage.Elapsed);
        }

        seconds["total"] = Rounded(result.IngestTime + result.Fit.Report.Elapsed);
        return seconds;
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
