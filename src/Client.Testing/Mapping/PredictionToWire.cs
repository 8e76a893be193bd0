using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Predictions;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps predictions to the messages that a server sends. Leaves out the parts that the request does not include.</summary>
internal static class PredictionToWire
{
    public static Wire.Prediction Map(Prediction prediction, Wire.PredictOptions? options)
    {
        Wire.Prediction wire = new()
        {
            TopicId = prediction.TopicId,
            TopicUid = prediction.TopicUid,
            TopicName = prediction.Name,
            TopicLabel = prediction.Label,
            Mode = (Wire.PredictMode)prediction.Mode,
            Probability = prediction.Probability,
            Truncated = prediction.IsTruncated,
            TokenCount = prediction.TokenCount,
            Basis = (Wire.PredictionBasis)BasisOf(prediction),
            KnownDocument = prediction.IsKnownDocument,
            IsNovel = prediction.IsNovel,
        };
        WireValue.Set(prediction.NearestTopicId, value => wire.NearestTopicId = value);
        WireValue.Set(prediction.NearestSimilarity, value => wire.NearestSimilarity = value);
        WireValue.Set(prediction.Novelty, value => wire.Novelty = value);
        if (options is { IncludeWords: true })
        {
            wire.Words.AddRange(TopicToWire.Words(prediction.Words));
        }

        if (options is { IncludeProbabilities: true })
        {
            wire.TopicProbabilities.AddRange(Shares(prediction.Probabilities));
            wire.OutlierProbability = prediction.OutlierProbability ?? 0;
        }

        if (options is { IncludePath: true })
        {
            wire.Path.AddRange(prediction.Path.Select(TopicToWire.Map));
        }

        if (options is { IncludeEmbedding: true })
        {
            wire.Embedding.AddRange(prediction.Embedding.ToArray());
        }

        return wire;
    }

    public static IEnumerable<Wire.TopicProbability> Shares(IReadOnlyDictionary<int, double> shares) =>
        shares.Select(static pair => new Wire.TopicProbability { TopicId = pair.Key, Probability = pair.Value });

    public static Wire.ServerTiming Map(ServerTiming timing) => new()
    {
        Queue = Duration.FromTimeSpan(timing.Queue),
        Tokenization = Duration.FromTimeSpan(timing.Tokenization),
        Inference = Duration.FromTimeSpan(timing.Inference),
        Assignment = Duration.FromTimeSpan(timing.Assignment),
        Total = Duration.FromTimeSpan(timing.Total),
    };

    /// <summary>Returns the basis of a scripted prediction, which may leave it out; a server always sends one.</summary>
    private static PredictionBasis BasisOf(Prediction prediction) => prediction switch
    {
        { Basis: not PredictionBasis.Unspecified } => prediction.Basis,
        { IsKnownDocument: true } => PredictionBasis.Document,
        { Mode: PredictMode.Centroid } => PredictionBasis.Centroid,
        { IsOutlier: true } => PredictionBasis.Outlier,
        _ => PredictionBasis.Cluster,
    };
}
