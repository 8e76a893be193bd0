using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Copies of answered texts that wait for the shadow version. A call only looks whether there is room: it never waits and never fails for a copy.</summary>
internal sealed class ShadowQueue(ShadowTallies tallies, ShadowMetrics metrics, IOptions<ShadowOptions> options)
{
    private readonly Channel<ShadowCopy> _copies = Channel.CreateBounded<ShadowCopy>(new BoundedChannelOptions(options.Value.MaxQueue) { SingleReader = true });

    public ChannelReader<ShadowCopy> Copies => _copies.Reader;

    /// <summary>Takes a copy of a text that was answered, where the model's policy wants one and there is room.</summary>
    /// <param name="lease">The call's hold on the version that answered.</param>
    /// <param name="key">What decides whether the text is in the sample.</param>
    /// <param name="mode">How the caller wanted the topic found.</param>
    /// <param name="answer">What was answered.</param>
    public void Offer(in VersionLease lease, RoutingKey key, PredictMode mode, PredictionAnswer answer)
    {
        // The default version may have become the shadow version since the policy was set: it is not compared with itself.
        if (lease.Shadow is not { } shadow
            || shadow.Traffic.Shadow == lease.Handle.Number
            || (shadow.Traffic.ShadowSample < TrafficRoute.Whole && key.Draw(RoutingDraw.Shadow, lease.Handle.Model) >= shadow.Traffic.ShadowSample))
        {
            return;
        }

        ShadowTally tally = tallies.Of(shadow.Traffic);
        if (shadow.Handle?.TryAcquire() != true)
        {
            Count(lease.Handle.Model, tally, ShadowOutcome.Failed);
            return;
        }

        // Cannot fail: the call holds it.
        lease.Handle.TryAcquire();
        ShadowCopy copy = new(lease.Handle, shadow.Handle, mode, answer.Prediction.TopicId, answer.Embedding, tally);
        if (!_copies.Writer.TryWrite(copy))
        {
            copy.Release();
            Count(lease.Handle.Model, tally, ShadowOutcome.Dropped);
        }
    }

    private void Count(string model, ShadowTally tally, ShadowOutcome outcome)
    {
        tally.Count(outcome);
        metrics.Ended(model, outcome);
    }
}
