using System.Diagnostics;
using System.Diagnostics.Metrics;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Models;

/// <summary>Instruments of versions: loading, leases, states, and label moves.</summary>
internal sealed class ModelMetrics
{
    private readonly RoutingTable _routing;
    private readonly Histogram<double> _loads;
    private readonly Counter<long> _swaps;

    public ModelMetrics(Meter meter, RoutingTable routing)
    {
        _routing = routing;
        _loads = meter.CreateDurations("topicgrpc.version.load.duration", "Time to read, check and test a version.");
        _swaps = meter.CreateCounter<long>("topicgrpc.version.swap", "{move}", "Labels moved to another version, by model.");
        meter.CreateObservableGauge("topicgrpc.version.leases", Leases, "{call}", "Calls that hold a loaded version.");
        meter.CreateObservableGauge("topicgrpc.version.state", States, "{version}", "Versions by model and state.");
    }

    /// <summary>Records that a version was loaded, or could not be.</summary>
    public void Loaded(TimeSpan duration, bool isReady) =>
        _loads.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", isReady ? "ready" : "failed"));

    /// <summary>Records that labels of a model moved.</summary>
    public void Swapped(string modelId, int labels) => _swaps.Add(labels, new KeyValuePair<string, object?>("model", modelId));

    private IEnumerable<Measurement<long>> Leases() =>
        from model in _routing.Current.Models.Values
        from entry in model.Known
        where (entry.Handle ?? entry.Retired) is not null
        select new Measurement<long>(entry.ActiveLeases, new TagList { { "model", model.Id }, { "version", entry.Record.VersionNumber } });

    private IEnumerable<Measurement<long>> States() =>
        from model in _routing.Current.Models.Values
        from count in model.Known.CountBy(static entry => entry.State)
        select new Measurement<long>(count.Value, new TagList { { "model", model.Id }, { "state", count.Key.ToString() } });
}
