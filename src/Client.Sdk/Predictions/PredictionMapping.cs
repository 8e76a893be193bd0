using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>Maps predictions.</summary>
internal static class PredictionMapping
{
    public static Wire.PredictOptions? Map(PredictOptions? options) => options is null
        ? null
        : new Wire.PredictOptions
        {
            IncludeWords = options.IncludeWords,
            IncludeProbabilities = options.IncludeProbabilities,
            IncludeEmbedding = options.IncludeEmbedding,
            IncludePath = options.IncludePath,
            Mode = Map(options.Mode),
            AsNewText = options.AsNewText,
        };

    public static Wire.PredictMode Map(PredictMode mode) => mode switch
    {
        PredictMode.Automatic => Wire.PredictMode.Unspecified,
        PredictMode.Density => Wire.PredictMode.Density,
        PredictMode.Centroid => Wire.PredictMode.Centroid,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode is not defined."),
    };

    public static Prediction Map(Wire.Prediction wire, string modelVersion, Wire.ServerTiming? timing)
    {
        (string model, long version) = WireNames.ParseVersion(modelVersion);
        return new Prediction
        {
            TopicId = wire.TopicId,
            TopicUid = wire.TopicUid,
            Name = wire.TopicName,
            Label = wire.TopicLabel,
            Mode = wire.Mode switch
            {
                Wire.PredictMode.Density => PredictMode.Density,
                Wire.PredictMode.Centroid => PredictMode.Centroid,
                _ => PredictMode.Automatic,
            },
            Probability = wire.Probability,
            Basis = wire.Basis switch
            {
                Wire.PredictionBasis.Outlier => PredictionBasis.Outlier,
                Wire.PredictionBasis.Cluster => PredictionBasis.Cluster,
                Wire.PredictionBasis.Centroid => PredictionBasis.Centroid,
                Wire.PredictionBasis.Document => PredictionBasis.Document,
                Wire.PredictionBasis.OutlierPolicy => PredictionBasis.OutlierPolicy,
                _ => PredictionBasis.Unspecified,
            },
            IsKnownDocument = wire.KnownDocument,
            NearestTopicId = wire.HasNearestTopicId ? wire.NearestTopicId : null,
            NearestSimilarity = wire.HasNearestSimilarity ? wire.NearestSimilarity : null,
            Novelty = wire.HasNovelty ? wire.Novelty : null,
            IsNovel = wire.IsNovel,
            Words = TopicMapping.Words(wire.Words),
            Probabilities = wire.TopicProbabilities.ToDictionary(static topic => topic.TopicId, static topic => topic.Probability),
            OutlierProbability = wire.HasOutlierProbability ? wire.OutlierProbability : null,
            Path = [.. wire.Path.Select(LayerMapping.Map)],
            Embedding = wire.Embedding.Count == 0 ? default(ReadOnlyMemory<float>) : wire.Embedding.ToArray(),
            IsTruncated = wire.Truncated,
            TokenCount = wire.TokenCount,
            Model = model,
            Version = version,
            Timing = Map(timing),
        };
    }

    public static PredictionOutcome Map(Wire.BatchPredictResult wire, Wire.BatchPredictResponse response) => wire.ResultCase switch
    {
        Wire.BatchPredictResult.ResultOneofCase.Prediction =>
            new PredictionOutcome { Prediction = Map(wire.Prediction, response.ModelVersion, response.Timing) },
        _ => Failed(wire.Error),
    };

    public static PredictionOutcome Map(Wire.StreamPredictResponse wire, string modelVersion) => wire.ResultCase switch
    {
        Wire.StreamPredictResponse.ResultOneofCase.Prediction =>
            new PredictionOutcome { Prediction = Map(wire.Prediction, modelVersion, timing: null) },
        _ => Failed(wire.Error),
    };

    private static PredictionOutcome Failed(Google.Rpc.Status? error) => new()
    {
        Error = ErrorTranslation.ToException(error?.Message ?? "", ErrorTranslation.Read(error ?? new()), inner: null),
    };

    private static ServerTiming Map(Wire.ServerTiming? wire) => wire is null ? default : new ServerTiming
    {
        Queue = WireTimes.Span(wire.Queue),
        Tokenization = WireTimes.Span(wire.Tokenization),
        Inference = WireTimes.Span(wire.Inference),
        Assignment = WireTimes.Span(wire.Assignment),
        Total = WireTimes.Span(wire.Total),
    };
}
