using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;
using Topic = TopicGrpc.Engine.Topics.Topic;

namespace TopicGrpc.Server.Predicting;

/// <summary>Maps answers to the contract.</summary>
internal static class PredictionMapping
{
    /// <summary>Returns how a version finds topics under a mode.</summary>
    /// <exception cref="ServiceException">The version does not support the mode.</exception>
    public static PredictionMethod Method(PredictMode mode, TopicModel model, string field) => mode switch
    {
        PredictMode.Unspecified => model.HasDensity ? PredictionMethod.Density : PredictionMethod.Centroid,
        PredictMode.Centroid => PredictionMethod.Centroid,
        PredictMode.Density when model.HasDensity => PredictionMethod.Density,
        PredictMode.Density => throw Fault.NotAvailable("The version has no layout and cluster tree; it predicts by centroid only."),
        _ => throw Fault.InvalidField(field, "has a value that this server does not know"),
    };

    /// <summary>Returns how a version finds topics under the options of a request.</summary>
    /// <exception cref="ServiceException">The version does not support the mode.</exception>
    public static PredictionMethod Method(PredictOptions? options, TopicModel model, string field) =>
        Method(options?.Mode ?? PredictMode.Unspecified, model, field);

    public static Prediction ToProto(PredictionAnswer answer, TopicModel model, PredictOptions? options)
    {
        TopicPrediction prediction = answer.Prediction;
        Topic? topic = model.Find(prediction.TopicId);
        Prediction message = new()
        {
            TopicId = prediction.TopicId,
            TopicName = topic?.Name ?? string.Empty,
            Probability = prediction.Probability,
            Truncated = answer.Embedding.Cost.Truncated,
            TokenCount = answer.Embedding.Cost.Tokens,
            Mode = answer.Asked.ByCentroid ? PredictMode.Centroid : PredictMode.Density,
            TopicLabel = topic?.CustomLabel ?? string.Empty,
            TopicUid = topic?.Uid ?? string.Empty,
            Basis = ToProto(answer.Answer.Basis),
            KnownDocument = answer.Answer.IsKnown,
            IsNovel = answer.Answer.IsNovel,
        };
        if (answer.Answer.NearestTopicId is { } nearest)
        {
            message.NearestTopicId = nearest;
            message.NearestSimilarity = answer.Answer.NearestSimilarity;
        }

        if (answer.Answer.Novelty is { } novelty)
        {
            message.Novelty = novelty;
        }

        if (options?.IncludeEmbedding == true)
        {
            message.Embedding.AddRange(answer.Embedding.Vector);
        }

        if (options?.IncludePath == true)
        {
            message.Path.AddRange(LayerMapping.Path(
                model, model.Path(answer.Embedding.Vector, prediction.TopicId, answer.Answer.DocumentRow)));
        }

        if (options?.IncludeWords == true && topic is not null)
        {
            message.Words.AddRange(TopicMapping.Words(topic, 0));
        }

        if (options?.IncludeProbabilities == true)
        {
            for (int id = 0; id < prediction.TopicProbabilities.Count; id++)
            {
                message.TopicProbabilities.Add(new TopicProbability { TopicId = id, Probability = prediction.TopicProbabilities[id] });
            }

            if (double.IsFinite(prediction.OutlierProbability))
            {
                message.OutlierProbability = prediction.OutlierProbability;
            }
        }

        return message;
    }

    public static ServerTiming ToProto(PredictionAnswer answer, TimeSpan total) => new()
    {
        Queue = Duration.FromTimeSpan(answer.Embedding.Queue),
        Tokenization = Duration.FromTimeSpan(answer.Embedding.Cost.Tokenization),
        Inference = Duration.FromTimeSpan(answer.Embedding.Cost.Inference),
        Assignment = Duration.FromTimeSpan(answer.Assignment),
        Total = Duration.FromTimeSpan(total),
    };

    public static ServerTiming ToProto(IReadOnlyCollection<PredictionAnswer> answers, TimeSpan total) => new()
    {
        Queue = Sum(answers, static answer => answer.Embedding.Queue),
        Tokenization = Sum(answers, static answer => answer.Embedding.Cost.Tokenization),
        Inference = Sum(answers, static answer => answer.Embedding.Cost.Inference),
        Assignment = Sum(answers, static answer => answer.Assignment),
        Total = Duration.FromTimeSpan(total),
    };

    private static Duration Sum(IReadOnlyCollection<PredictionAnswer> answers, Func<PredictionAnswer, TimeSpan> part) =>
        Duration.FromTimeSpan(new TimeSpan(answers.Sum(answer => part(answer).Ticks)));

    private static PredictionBasis ToProto(AnswerBasis basis) => basis switch
    {
        AnswerBasis.Cluster => PredictionBasis.Cluster,
        AnswerBasis.Centroid => PredictionBasis.Centroid,
        AnswerBasis.Document => PredictionBasis.Document,
        AnswerBasis.OutlierPolicy => PredictionBasis.OutlierPolicy,
        _ => PredictionBasis.Outlier,
    };
}
