using System.Diagnostics.Metrics;

namespace TopicGrpc.Server.Diagnostics;

/// <summary>Instruments of loading and of label moves.</summary>
internal sealed class ModelMetrics
{
    private readonly Histogram<double> _loads;
    private readonly Counter<long> _swaps;

    public ModelMetrics(Meter meter)
    {
        _loads = meter.CreateHistogram("topicgrpc.version.load.duration", "s", "Time to read, check and test a version.", tags: null, ServerMetrics.Buckets);
        _swaps = meter.CreateCounter<long>("topicgrpc.version.swap", "{move}", "Labels moved to another version, by model.");
    }

    /// <summary>A version was loaded, or could not be.</summary>
    public void Loaded(TimeSpan duration, bool isReady) => _loads.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", isReady ? "ready" : "failed"));

    /// <summary>Labels of a model were moved.</summary>
    public void Swapped(string model, int labels) => _swaps.Add(labels, new KeyValuePair<string, object?>("model", model));
}
