using System.Globalization;
using Spectre.Console;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Output;

/// <summary>Predictions as a human-readable table, with the most probable topics if the probabilities of all topics are known.</summary>
internal static class PredictionTable
{
    private const int MostProbableShown = 3;
    private const int TextShown = 60;

    public static Table Of(IEnumerable<(string Text, Prediction Prediction)> predictions)
    {
        Table table = new();
        table.AddColumn("text");
        table.AddColumn("topic");
        table.AddColumn(new TableColumn("probability").RightAligned().NoWrap());
        table.AddColumn("basis");
        table.AddColumn(new TableColumn("novelty").RightAligned());
        table.AddColumn("most probable topics");
        table.AddColumn("path");
        foreach ((string text, Prediction prediction) in predictions)
        {
            table.AddRow(
                Markup.Escape(Shortened(text)),
                Markup.Escape(TopicOf(prediction)),
                Share(prediction.Probability),
                ReportPrediction.NameOf(prediction.Basis),
                NoveltyOf(prediction),
                MostProbable(prediction),
                Markup.Escape(string.Join(" / ", prediction.Path.Select(static topic => topic.Name))));
        }

        return table;
    }

    private static string TopicOf(Prediction prediction) => prediction is { IsOutlier: true, NearestTopicId: { } nearest }
        ? string.Create(
            CultureInfo.InvariantCulture, $"{prediction.Name} (nearest: {nearest}, cosine {prediction.NearestSimilarity:0.000})")
        : prediction.Name;

    private static string NoveltyOf(Prediction prediction) => prediction.Novelty is { } novelty
        ? Share(novelty) + (prediction.IsNovel ? " novel" : "")
        : "–";

    private static string MostProbable(Prediction prediction) => string.Join(", ", prediction.Probabilities
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key)
        .Take(MostProbableShown)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value:0.000}")));

    private static string Share(double probability) => probability.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Shortened(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= TextShown ? line : $"{line[..(TextShown - 1)]}…";
    }
}
