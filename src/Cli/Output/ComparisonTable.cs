using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Output;

/// <summary>A comparison of versions as people read it.</summary>
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
            table.AddRow(
                match.Change.ToString().ToLowerInvariant(),
                Markup.Escape(Named(match.Before)),
                Markup.Escape(Named(match.After)),
                string.Create(CultureInfo.InvariantCulture, $"{match.Before?.Count.ToString("N0", CultureInfo.InvariantCulture) ?? None} → {match.After?.Count.ToString("N0", CultureInfo.InvariantCulture) ?? None}"),
                match.DocumentOverlap.ToString("0.00", CultureInfo.InvariantCulture),
                match.CentroidSimilarity?.ToString("0.00", CultureInfo.InvariantCulture) ?? None);
        }

        return table;
    }

    public static string Summary(VersionComparison comparison)
    {
        string agreement = comparison.AdjustedRandIndex?.ToString("0.000", CultureInfo.InvariantCulture) ?? None;
        string stability = comparison.UidStability?.ToString("P1", CultureInfo.InvariantCulture) ?? None;
        return string.Create(CultureInfo.InvariantCulture, $"{comparison.SharedDocumentCount:N0} shared documents; adjusted Rand index {agreement}; {stability} of those in a topic keep their uid.");
    }

    private static string Named(ComparedTopic? topic) => topic is null ? None : topic.Label.Length == 0 ? topic.Name : $"{topic.Id} {topic.Label}";
}
