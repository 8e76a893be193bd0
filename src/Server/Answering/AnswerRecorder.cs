using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Counts every answer and offers it to the shadow version, for all kinds of calls.</summary>
internal sealed class AnswerRecorder(PredictMetrics metrics, ShadowQueue shadows)
{
    public void Record(in VersionLease lease, RoutingKey key, PredictOptions? options, PredictionAnswer answer)
    {
        metrics.Answered(lease.Handle, answer.Answer);
        shadows.Offer(lease, key, options?.Mode ?? PredictMode.Unspecified, answer);
    }
}
