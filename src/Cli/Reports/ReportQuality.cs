using System.Globalization;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Reports;

/// <summary>Machine-readable quality figures.</summary>
internal sealed record ReportQuality
{
    public required int Topics { get; init; }

    public required double OutlierShare { get; init; }

    public required long LargestTopic { get; init; }

    /// <summary>Share of the largest topic among the documents in topics.</summary>
    public required double LargestTopicShare { get; init; }

    public required double? Diversity { get; init; }

    /// <summary>Mean coherence by measure, with gensim's names.</summary>
    public required IReadOnlyDictionary<string, double?> Coherence { get; init; }

    /// <summary>Coherence by measure and topic.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TopicCoherence { get; init; }

    /// <summary>Persistence by topic.</summary>
    public required IReadOnlyDictionary<string, double> TopicPersistence { get; init; }

    /// <summary>Agreement of predictions with the assignments of the documents; null if not measured.</summary>
    public required PredictionAgreement? Agreement { get; init; }

    public required long Seed { get; init; }

    public required string EncoderSha256 { get; init; }

    public static ReportQuality? Of(FitQuality? quality) => quality is null ? null : new ReportQuality
    {
        Topics = quality.TopicCount,
        OutlierShare = quality.OutlierShare,
        LargestTopic = quality.LargestTopicSize,
        LargestTopicShare = quality.LargestTopicShare,
        Diversity = quality.Diversity,
        Coherence = quality.Coherences.ToDictionary(score => score.Measure, score => score.Mean, StringComparer.Ordinal),
        TopicCoherence = quality.Coherences.ToDictionary(
            static score => score.Measure,
            static score => (IReadOnlyDictionary<string, double>)ByTopic(score.TopicScores),
            StringComparer.Ordinal),
        TopicPersistence = ByTopic(quality.TopicPersistences),
        Agreement = quality.Agreement,
        Seed = quality.Seed,
        EncoderSha256 = quality.EncoderSha256,
    };

    private static Dictionary<string, double> ByTopic(IReadOnlyDictionary<int, double> values) => values
        .OrderBy(pair => pair.Key)
        .ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
}
