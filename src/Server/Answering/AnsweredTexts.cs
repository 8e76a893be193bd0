using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>What follows on every answer, in whatever kind of call: it is counted, and a copy offered to the shadow version.</summary>
internal sealed class AnsweredTexts(PredictMetrics metrics, ShadowQueue shadows)
{
    public void Add(in VersionLease lease, RoutingKey key, PredictOptions? options, PredictionAnswer answer)
    {
        metrics.Answered(lease.Handle);
        shadows.Offer(lease, key, options?.Mode ?? PredictMode.Unspecified, answer);
    }
}
