using System.Globalization;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Output;

/// <summary>Quality figures as one human-readable line.</summary>
internal static class QualityLine
{
    public static string Of(FitQuality quality)
    {
        List<string> parts =
        [
            Text($"{quality.TopicCount} topics"),
            Text($"{quality.OutlierShare:P1} outliers"),
            Text($"largest topic {quality.LargestTopicSize:N0} ({quality.LargestTopicShare:P1} of the documents in topics)"),
        ];
        parts.AddRange(quality.Coherences.Where(score => score.Mean is not null).Select(score => Text($"{score.Measure} {score.Mean:F3}")));
        if (quality.Diversity is { } diversity)
        {
            parts.Add(Text($"diversity {diversity:F3}"));
        }

        if (quality.Agreement is { } agreement)
        {
            parts.Add(Text($"predictions agree {agreement.Share:P1} of {agreement.SampleSize:N0}"));
        }

        return $"quality: {string.Join(", ", parts)}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
