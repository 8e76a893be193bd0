using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Answers one text or embedding.</summary>
internal sealed class TextPrediction(
    ModelRegistry models,
    Predictor predictor,
    AnswerRecorder recorder,
    PredictMetrics metrics,
    TimeProvider clock)
{
    public async Task<PredictResponse> PredictAsync(PredictRequest request, CallDeadline deadline)
    {
        long started = clock.GetTimestamp();
        var key = RoutingKey.Of(request.RoutingKey, [request.Text], request.Embedding);
        VersionSelector selector = ModelMapping.FromProto(request.Selector) with { Key = key };

        // Checked before the version is resolved, which may load it.
        TextRules.CheckTextOrEmbedding(request.Text, request.Embedding);
        using VersionLease lease = await models.AcquireAsync(selector, deadline.Token);
        PredictionMethod method = PredictionMapping.Method(request.Options, lease.Handle.Content, "options.mode");
        Question question = new(request.Text, method, EmbeddingPriority.Interactive)
        {
            Embedding = request.Embedding,
            AllTopics = request.Options?.IncludeProbabilities == true,
            AsNewText = request.Options?.AsNewText == true,
            Deadline = deadline,
        };
        PredictionAnswer answer = await predictor.PredictAsync(lease.Handle, question, deadline.Token);
        TimeSpan total = clock.GetElapsedTime(started);
        metrics.Predicted(lease.Handle, total);
        recorder.Record(lease, key, request.Options, answer);
        return new PredictResponse
        {
            Prediction = PredictionMapping.ToProto(answer, lease.Handle.Content, request.Options),
            ModelVersion = lease.Handle.Name,
            Timing = PredictionMapping.ToProto(answer, total),
        };
    }
}
