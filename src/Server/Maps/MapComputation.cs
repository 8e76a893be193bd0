using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Maps;

/// <summary>
/// Reads or computes the points of a version's map on low-priority threads, one version at a time. A computation continues if its caller
/// leaves, so that a retry finds the result; a shutdown cancels it.
/// </summary>
internal sealed class MapComputation : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lazy<BackgroundScheduler> _background;
    private readonly FitThreads _threads;
    private readonly MapStore _store;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _clock;
    private readonly ILogger<MapComputation> _logger;

    public MapComputation(
        FitThreads threads, MapStore store, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<MapComputation> logger)
    {
        _threads = threads;
        _store = store;
        _background = new Lazy<BackgroundScheduler>(() => new BackgroundScheduler(threads.Most));
        _lifetime = lifetime;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Returns the points of a version on which the caller holds a lease.</summary>
    /// <returns>One row of two coordinates per document.</returns>
    /// <exception cref="ServiceException">The version has no embeddings, or the server shuts down.</exception>
    public async Task<Matrix> PointsAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        if (!version.DocumentMap.IsAvailable)
        {
            throw Fault.NotAvailable("The version stores no embeddings, so its documents have no positions.");
        }

        try
        {
            return await version.DocumentMap.GetAsync(() => StartAsync(version), cancellationToken);
        }
        catch (OperationCanceledException)
            when (_lifetime.ApplicationStopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_background.IsValueCreated)
        {
            _background.Value.Dispose();
        }

        _turn.Dispose();
    }

    private async Task<Matrix> StartAsync(VersionHandle version)
    {
        // The caller's lease ends with its call; the embeddings must stay mapped until the computation ends.
        if (!version.TryAcquire())
        {
            throw new InvalidOperationException("The caller holds no lease on the version.");
        }

        CancellationToken stopping = _lifetime.ApplicationStopping;
        try
        {
            await _turn.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                return await _background.Value.RunAsync(() => Task.FromResult(Compute(version, stopping)), stopping);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            version.Release();
        }
    }

    private Matrix Compute(VersionHandle version, CancellationToken stopping)
    {
        if (_store.Read(version) is { } stored)
        {
            return stored;
        }

        long started = _clock.GetTimestamp();
        Matrix points = DocumentMap.Compute(
            version.Content.DocumentVectors!, version.Content.Report.Seed, _threads.Compute, null, stopping);
        Log.Computed(_logger, version.Name, points.Rows, _clock.GetElapsedTime(started).TotalSeconds);
        _store.Write(version, points);
        return points;
    }
}
