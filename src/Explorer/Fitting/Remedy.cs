using System.Globalization;
using TopicGrpc.Client.Fits;
using TopicGrpc.Explorer.Parts;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>Something that improves a version, with the view where one click starts it.</summary>
/// <param name="Problem">What the figures of the version say.</param>
/// <param name="Action">What to do about it.</param>
/// <param name="Address">View in which the action is filled in.</param>
public sealed record Remedy(string Problem, string Action, string Address)
{
    private const double ManyOutliers = 0.3;
    private const double LargeTopic = 0.4;

    /// <summary>Returns remedies for the figures of a fit that succeeded.</summary>
    /// <param name="fit">The fit with its report.</param>
    public static IReadOnlyList<Remedy> Of(FitInfo fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit is not { Version: { } version, Report: { } report })
        {
            return [];
        }

        List<Remedy> remedies = [];
        double outliers = report.DocumentCount == 0 ? 0 : (double)report.OutlierCount / report.DocumentCount;
        string curate = Routing.Version(fit.Model, version, "curate");
        string again = $"fits/new?corpus={Uri.EscapeDataString(fit.Corpus)}&model={Uri.EscapeDataString(fit.Model)}";
        if (report.TopicCount > 0 && outliers > ManyOutliers)
        {
            string share = $"{Format.Share(outliers)} of the documents are outliers.";
            remedies.Add(new Remedy(share, "Assign outliers to topics", curate + "?action=outliers"));
            remedies.Add(new Remedy(share, "Find topics among the outliers", curate + "?action=refit"));
        }

        if (report.Quality is { TopicCount: > 1 } quality && quality.LargestTopicShare > LargeTopic)
        {
            string share = $"The largest topic has {Format.Share(quality.LargestTopicShare)} of the documents in topics.";
            remedies.Add(new Remedy(share, "Split topic 0", curate + "?action=split&topic=0"));
        }

        if (report.TopicCount < 2 && fit.Corpus.Length > 0)
        {
            string count = report.TopicCount == 0 ? "The fit found no topic." : "The fit found one topic.";
            string size = Math.Max(2, report.DocumentCount / 100).ToString(CultureInfo.InvariantCulture);
            remedies.Add(new Remedy(count, "Fit again with smaller clusters", $"{again}&set=hdbscan.min_cluster_size%3D{size}"));
        }

        return remedies;
    }
}
