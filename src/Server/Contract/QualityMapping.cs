using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps quality figures and gensim's names of the coherence measures.</summary>
internal static class QualityMapping
{
    private static readonly (string Name, CoherenceMeasure Value)[] Names =
    [
        ("c_npmi", CoherenceMeasure.Npmi),
        ("c_v", CoherenceMeasure.ContextVector),
        ("u_mass", CoherenceMeasure.Umass),
    ];

    public static string NameOf(CoherenceMeasure measure) => Array.Find(Names, pair => pair.Value == measure).Name;

    /// <summary>Returns the measures requested in addition to NPMI.</summary>
    public static IReadOnlyList<CoherenceMeasure> FromProto(FitSettings settings) =>
    [
        .. settings.CoherenceMeasures
            .Select(static name => Array.Find(Names, pair => pair.Name == name).Value)
            .Where(static measure => measure != CoherenceMeasure.Npmi)
            .Distinct(),
    ];

    public static FitQuality ToProto(ModelQuality quality, long seed, string encoderSha256)
    {
        FitQuality message = new()
        {
            TopicCount = quality.Topics,
            OutlierShare = quality.OutlierShare,
            LargestTopicSize = quality.LargestTopic,
            LargestTopicShare = quality.LargestTopicShare,
            Agreement = quality.Agreement is { } agreement
                ? new FitQuality.Types.Agreement { Share = agreement.Share, SampleSize = agreement.SampleSize }
                : null,
            TopicPersistences = { ByTopic(quality.Persistence) },
            Coherences = { quality.Coherence.Select(ToProto) },
            Seed = seed,
            EncoderSha256 = encoderSha256,
        };
        if (quality.Diversity is { } diversity)
        {
            message.Diversity = diversity;
        }

        return message;
    }

    private static FitQuality.Types.Coherence ToProto(CoherenceScore score)
    {
        FitQuality.Types.Coherence message = new() { Measure = NameOf(score.Measure), TopicScores = { ByTopic(score.PerTopic) } };
        if (score.Mean is { } mean)
        {
            message.Mean = mean;
        }

        return message;
    }

    private static Dictionary<int, double> ByTopic(IReadOnlyList<double?> values) => values
        .Select(static (value, topic) => (Topic: topic, Value: value))
        .Where(static pair => pair.Value is not null)
        .ToDictionary(static pair => pair.Topic, static pair => pair.Value!.Value);
}
