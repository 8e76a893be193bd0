using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Versions;

/// <summary>
/// Takes over the files of versions in which another member has erased documents: the local copy is removed at once, and a loaded version
/// is read again. Until then it hides the erased documents as it does during an erasure of its own.
/// </summary>
internal sealed class ReplacedVersions(
    IChangeFeed changes,
    SharedModelStore store,
    ModelRegistry models,
    TimeProvider clock,
    ILogger<ReplacedVersions> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    // Not more than the versions of the routing table: a version that is replaced again is one entry.
    private readonly ConcurrentDictionary<(string ModelId, long Number), bool> _pending = new();
    private readonly SemaphoreSlim _arrived = new(0);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        changes.Register(ChangeKinds.Model, RefreshAsync);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _arrived.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _arrived.WaitAsync(stoppingToken);
                foreach ((string ModelId, long Number) version in _pending.Keys)
                {
                    _pending.TryRemove(version, out _);
                    if (!await TryReloadAsync(version.ModelId, version.Number, stoppingToken))
                    {
                        Add(version);
                        await Task.Delay(RetryDelay, clock, stoppingToken);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next start reads the new files.
        }
    }

    private async Task RefreshAsync(RowChanges rows, CancellationToken cancellationToken)
    {
        foreach (string? modelId in rows.Ids ?? (IEnumerable<string?>)[null])
        {
            foreach ((string ModelId, long Number) version in await store.RefreshAsync(modelId, cancellationToken))
            {
                Add(version);
            }
        }
    }

    private void Add((string ModelId, long Number) version)
    {
        _pending[version] = true;
        _arrived.Release();
    }

    private async Task<bool> TryReloadAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        try
        {
            await models.ReloadAsync(modelId, number, cancellationToken);
            return true;
        }
        catch (Exception failure) when (StorageErrors.IsStorageFailure(failure) || failure is InvalidDataException)
        {
            Log.NotReloaded(logger, failure, ResourceNames.Version(modelId, number));
            return false;
        }
    }
}
