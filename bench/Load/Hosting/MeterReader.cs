using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TopicGrpc.Load.Hosting;

/// <summary>Reader of the server's metrics inside its process.</summary>
internal sealed class MeterReader : IDisposable
{
    private const string Meter = "TopicGrpc.Server";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _observed = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private long _answered;
    private long _loads;

    public MeterReader()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, _, _, _) =>
        {
            if (instrument.Name == "topicgrpc.predict.duration")
            {
                Interlocked.Increment(ref _answered);
            }
            else if (instrument.Name == "topicgrpc.version.load.duration")
            {
                Interlocked.Increment(ref _loads);
            }
        });
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => _observed.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();
    }

    /// <summary>Number of measurements of the answered-calls histogram.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Number of measurements of the loaded-versions histogram.</summary>
    public long Loads => Interlocked.Read(ref _loads);

    /// <summary>Reads the observable instruments.</summary>
    /// <returns>Value by instrument name, summed over tags.</returns>
    public IReadOnlyDictionary<string, long> Observe()
    {
        lock (_reading)
        {
            _observed.Clear();
            _listener.RecordObservableInstruments();
            return new Dictionary<string, long>(_observed, StringComparer.Ordinal);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
