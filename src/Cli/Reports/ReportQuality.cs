using System.Globalization;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Reports;

/// <summary>Quality figures for machines.</summary>
internal sealed record ReportQuality
{
    public required int Topics { get; init; }

    public required double OutlierShare { get; init; }

    public required long LargestTopic { get; init; }

    /// <summary>Share of the largest topic in the documents that are in a topic.</summary>
    public required double LargestTopicShare { get; init; }

    public required double? Diversity { get; init; }

    /// <summary>Mean by measure, gensim's names.</summary>
    public required IReadOnlyDictionary<string, double?> Coherence { get; init; }

    /// <summary>Score by measure and topic.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TopicCoherence { get; init; }

    /// <summary>Persistence by topic.</summary>
    public required IReadOnlyDictionary<string, double> TopicPersistence { get; init; }

    /// <summary>Agreement of predictions with the topics of the documents; null where it was not measured.</summary>
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
        TopicCoherence = quality.Coherences.ToDictionary(score => score.Measure, score => (IReadOnlyDictionary<string, double>)ByTopic(score.TopicScores), StringComparer.Ordinal),
        TopicPersistence = ByTopic(quality.TopicPersistences),
        Agreement = quality.Agreement,
        Seed = quality.Seed,
        EncoderSha256 = quality.EncoderSha256,
    };

    private static Dictionary<string, double> ByTopic(IReadOnlyDictionary<int, double> values) => values
        .OrderBy(pair => pair.Key)
        .ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
}
