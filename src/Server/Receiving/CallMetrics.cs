using System.Diagnostics.Metrics;

namespace TopicGrpc.Server.Receiving;

/// <summary>Instruments of calls: open streams and rejected calls.</summary>
internal sealed class CallMetrics(Meter meter)
{
    private readonly UpDownCounter<long> _active =
        meter.CreateUpDownCounter<long>("topicgrpc.stream.active", "{call}", "Streams that are open, by method.");

    private readonly Counter<long> _rejected = meter.CreateCounter<long>("topicgrpc.rejected", "{call}", "Calls rejected, by reason.");

    /// <summary>Records that a stream was opened (1) or has ended (−1).</summary>
    public void StreamsChanged(string method, int by) => _active.Add(by, new KeyValuePair<string, object?>("method", method));

    /// <summary>Records that a call was rejected.</summary>
    public void Rejected(string reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
