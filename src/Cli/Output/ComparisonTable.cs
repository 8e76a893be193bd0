using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Output;

/// <summary>A comparison of versions as a human-readable table.</summary>
internal static class ComparisonTable
{
    private const string None = "–";

    public static Table Of(IReadOnlyList<TopicMatch> matches)
    {
        Table table = new();
        table.AddColumns("change", "before", "after");
        foreach (string figure in new[] { "documents", "overlap", "centroids" })
        {
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        }

        foreach (TopicMatch match in matches)
        {
            string before = match.Before?.Count.ToString("N0", CultureInfo.InvariantCulture) ?? None;
            string after = match.After?.Count.ToString("N0", CultureInfo.InvariantCulture) ?? None;
            table.AddRow(
                match.Change.ToString().ToLowerInvariant(),
                Markup.Escape(Named(match.Before)),
                Markup.Escape(Named(match.After)),
                $"{before} → {after}",
                match.DocumentOverlap.ToString("0.00", CultureInfo.InvariantCulture),
                match.CentroidSimilarity?.ToString("0.00", CultureInfo.InvariantCulture) ?? None);
        }

        return table;
    }

    public static string Summary(VersionComparison comparison)
    {
        string agreement = comparison.AdjustedRandIndex?.ToString("0.000", CultureInfo.InvariantCulture) ?? None;
        string stability = comparison.UidStability?.ToString("P1", CultureInfo.InvariantCulture) ?? None;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.SharedDocumentCount:N0} shared documents; adjusted Rand index {agreement}; uid stability {stability}");
    }

    private static string Named(ComparedTopic? topic) => topic switch
    {
        null => None,
        { Label.Length: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{topic.Id} {topic.Label}"),
        _ => topic.Name,
    };
}
