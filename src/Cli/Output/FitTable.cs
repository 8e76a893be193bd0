using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Output;

/// <summary>Fits as a human-readable table.</summary>
internal static class FitTable
{
    public static Table Of(IReadOnlyList<FitInfo> fits)
    {
        Table table = new();
        table.AddColumns("fit", "model", "corpus", "state", "documents", "version", "created", "ended");
        foreach (FitInfo fit in fits)
        {
            table.AddRow(
                Markup.Escape(fit.Name),
                Markup.Escape(fit.Model),
                Markup.Escape(fit.Corpus),
                State(fit),
                fit.DocumentCount.ToString("N0", CultureInfo.InvariantCulture),
                fit.Version?.ToString(CultureInfo.InvariantCulture) ?? "",
                Time(fit.Created),
                Time(fit.Ended));
        }

        return table;
    }

    /// <summary>Formats the state of a fit as one line.</summary>
    public static string LineOf(FitInfo fit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fit.Name} {State(fit)}{(fit.HasEnded ? "" : $" {fit.Progress.Stage} {fit.Progress.Fraction:P0}")}{VersionOf(fit)}");

    private static string VersionOf(FitInfo fit) =>
        fit.Version is { } version ? FormattableString.Invariant($", version {fit.Model}@{version}") : "";

    private static string State(FitInfo fit) => fit.State.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
