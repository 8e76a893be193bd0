using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Server.Tests.Diagnostics;

/// <summary>Keeps everything that is told to loggers, traces and meters while it lives.</summary>
internal sealed class Listeners : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _told = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces = new();

    public Listeners()
    {
        _meters.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Tell(instrument, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Tell(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Tell(instrument, tags));
        _meters.Start();
        _traces.ShouldListenTo = static _ => true;
        _traces.Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded;
        _traces.ActivityStopped = Tell;
        ActivitySource.AddActivityListener(_traces);
    }

    public IReadOnlyCollection<string> Told => _told;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _told.Enqueue($"log scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _told.Enqueue($"log {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    private void Tell(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            _told.Enqueue($"metric {instrument.Name} {tag.Key}={tag.Value}");
        }
    }

    private void Tell(Activity activity)
    {
        string tags = string.Join(' ', activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}"));
        string events = string.Join(' ', activity.Events.SelectMany(static item => item.Tags).Select(static tag => tag.Value));
        _told.Enqueue($"trace {activity.DisplayName} {tags} {events}");
    }
}
