using System.Diagnostics.Metrics;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Diagnostics;

/// <summary>Instruments of the long calls: ingest, prediction and watch streams.</summary>
internal sealed class StreamMetrics
{
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _documents;
    private readonly Histogram<double> _commits;

    public StreamMetrics(Meter meter)
    {
        _active = meter.CreateUpDownCounter<long>("topicgrpc.stream.active", "{call}", "Streams that are open, by method.");
        _documents = meter.CreateCounter<long>("topicgrpc.ingest.documents", "{document}", "Documents of ingest streams, by outcome.");
        _commits = meter.CreateHistogram("topicgrpc.ingest.commit.duration", "s", "Time to store the chunks that waited, the flush included.", tags: null, ServerMetrics.Buckets);
    }

    /// <summary>A stream was opened or has ended.</summary>
    public void Changed(string method, int by) => _active.Add(by, new KeyValuePair<string, object?>("method", method));

    /// <summary>Chunks were stored.</summary>
    public void Committed(AppendResult result, TimeSpan duration)
    {
        _commits.Record(duration.TotalSeconds);
        _documents.Add(result.Accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        _documents.Add(result.Duplicates, new KeyValuePair<string, object?>("outcome", "duplicate"));
        _documents.Add(result.Rejections.Count, new KeyValuePair<string, object?>("outcome", "rejected"));
    }
}
