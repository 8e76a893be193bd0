using System.Diagnostics.Metrics;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Ingesting;

/// <summary>Instruments of ingest streams.</summary>
internal sealed class IngestMetrics(Meter meter)
{
    private readonly Counter<long> _documents =
        meter.CreateCounter<long>("topicgrpc.ingest.documents", "{document}", "Documents of ingest streams, by outcome.");

    private readonly Histogram<double> _commits =
        meter.CreateDurations("topicgrpc.ingest.commit.duration", "Time to store the chunks that waited, including the flush.");

    /// <summary>Records that chunks were stored.</summary>
    public void Committed(AppendResult result, TimeSpan duration)
    {
        _commits.Record(duration.TotalSeconds);
        _documents.Add(result.Accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        _documents.Add(result.Duplicates, new KeyValuePair<string, object?>("outcome", "duplicate"));
        _documents.Add(result.Rejections.Count, new KeyValuePair<string, object?>("outcome", "rejected"));
    }
}
