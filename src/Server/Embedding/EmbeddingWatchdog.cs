using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Embedding;

/// <summary>
/// Reports threads that hang in the native code of the encoder. It has a thread of its own, because a hang may leave no thread of the pool
/// free.
/// </summary>
internal sealed class EmbeddingWatchdog : IHostedService, IDisposable
{
    private const int ChecksPerTimeout = 10;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);

    private readonly EmbeddingExecutors _executors;
    private readonly EmbeddingOptions _options;
    private readonly ILogger<EmbeddingWatchdog> _logger;
    private readonly ManualResetEventSlim _stopping = new(initialState: false);
    private readonly Thread _thread;
    private volatile int _hanging;

    public EmbeddingWatchdog(
        EmbeddingExecutors executors, IOptions<EmbeddingOptions> options, Meter meter, ILogger<EmbeddingWatchdog> logger)
    {
        _executors = executors;
        _options = options.Value;
        _logger = logger;
        _thread = new Thread(Watch) { IsBackground = true, Name = "embedding watchdog" };
        meter.CreateObservableGauge(
            "topicgrpc.embedding.hanging", () => _hanging, "{thread}", "Threads that hang in the native code of the encoder.");
    }

    /// <summary>Number of threads that hung at the last check.</summary>
    public int Hanging => _hanging;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Set();
        return Task.CompletedTask;
    }

    /// <summary>Counts the threads that hang, and reports a change.</summary>
    public void Check()
    {
        int before = _hanging;
        int hanging = _executors.CountHanging();
        _hanging = hanging;
        if (hanging > before)
        {
            Log.Hangs(_logger, hanging, _options.HangTimeout.TotalSeconds);
            if (_options.ExitOnHang)
            {
                // No shutdown: it would wait for the threads that hang. Everything acknowledged is durable.
                Environment.FailFast(FormattableString.Invariant(
                    $"The encoder hangs on {hanging} threads (Embedding:HangTimeout); the process ends (Embedding:ExitOnHang)."));
            }
        }
        else if (hanging == 0 && before > 0)
        {
            Log.HangEnded(_logger);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _stopping.Dispose();
    }

    private void Watch()
    {
        TimeSpan interval = _options.HangTimeout / ChecksPerTimeout;
        while (!_stopping.Wait(interval < LongestInterval ? interval : LongestInterval))
        {
            Check();
        }
    }
}
