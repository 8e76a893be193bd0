using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared;
using PredictMode = TopicGrpc.V1.PredictMode;

namespace TopicGrpc.Server.Shadowing;

/// <summary>
/// Copies of answered texts that wait for the shadow version. A call never waits for a copy and never fails because of one.
/// </summary>
internal sealed class ShadowQueue(ShadowTallies tallies, ShadowMetrics metrics, IOptions<ShadowOptions> options)
{
    private readonly Channel<ShadowCopy> _copies =
        Channel.CreateBounded<ShadowCopy>(new BoundedChannelOptions(options.Value.MaxQueue) { SingleReader = true });

    public ChannelReader<ShadowCopy> Copies => _copies.Reader;

    /// <summary>Queues a copy of an answered text if the model's policy samples the text and the queue has room.</summary>
    /// <param name="lease">The call's lease on the version that answered.</param>
    /// <param name="key">Key that decides whether the text is in the sample.</param>
    /// <param name="mode">Mode that the caller requested.</param>
    /// <param name="answer">The answer.</param>
    public void Offer(in VersionLease lease, RoutingKey key, PredictMode mode, PredictionAnswer answer)
    {
        // The default version may have become the shadow version since the policy was set: it is not compared with itself.
        if (lease.Shadow is not { } shadow
            || shadow.Policy.Shadow == lease.Handle.Number
            || (shadow.Policy.ShadowSample < TrafficPolicy.Whole
                && key.Draw(RoutingDraw.Shadow, lease.Handle.ModelId) >= shadow.Policy.ShadowSample))
        {
            return;
        }

        ShadowTally tally = tallies.Of(shadow.Policy);
        if (shadow.Handle?.TryAcquire() != true)
        {
            Count(lease.Handle.ModelId, tally, ShadowOutcome.Failed);
            return;
        }

        // Cannot fail: the call holds a lease.
        lease.Handle.TryAcquire();
        ShadowCopy copy = new(lease.Handle, shadow.Handle, mode, answer.Prediction.TopicId, answer.Embedding, answer.Asked, tally);
        if (!_copies.Writer.TryWrite(copy))
        {
            copy.Release();
            Count(lease.Handle.ModelId, tally, ShadowOutcome.Dropped);
        }
    }

    private void Count(string modelId, ShadowTally tally, ShadowOutcome outcome)
    {
        tally.Count(outcome);
        metrics.Ended(modelId, outcome);
    }
}
