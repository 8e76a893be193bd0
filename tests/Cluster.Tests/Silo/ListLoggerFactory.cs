using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Tests.Silo;

/// <summary>Loggers that remember which events were logged.</summary>
internal sealed class ListLoggerFactory : ILoggerFactory, ILogger
{
    private readonly ConcurrentDictionary<int, bool> _events = new();

    public bool Has(int eventId) => _events.ContainsKey(eventId);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events[eventId.Id] = true;

    public void Dispose()
    {
    }
}
