using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TopicGrpc.Cluster.Versions;
using TopicGrpc.Server.Erasing;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>
/// Removes erased documents from the files of this member after any member has removed them from the shared ones: the copy of the log,
/// caches, and copies of versions. Then it reports so, and the erasure may end. A change of the log wakes it; nothing depends on that.
/// </summary>
internal sealed class MemberErasure(
    IMembers members,
    IChangeFeed changes,
    MetadataDatabase database,
    ErasureRefresh refresh,
    ErasedDocuments erased,
    CorpusErasure files,
    SharedModelStore versions,
    TimeProvider clock,
    ILogger<MemberErasure> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _arrived = new(0);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        changes.Register(ChangeKinds.Erasure, (_, _) =>
        {
            Wake();
            return Task.CompletedTask;
        });
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _arrived.Dispose();
        base.Dispose();
    }

    /// <summary>Removes the documents of all logs whose records were replaced, and reports each.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        bool isDone = await refresh.FindMissingAsync(cancellationToken);
        Member own = members.Own;
        foreach ((string corpusId, string logId) in await database.ReadAsync(
            connection => ErasureClaim.ReadPending(connection, own), cancellationToken))
        {
            await files.RemoveLocalAsync(corpusId, cancellationToken);

            // The versions of this member name the new objects from then on, so no load fetches a former copy again.
            await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
            if (!await versions.RemoveUnnamedCopiesAsync(cancellationToken))
            {
                // A call is reading one of them.
                isDone = false;
                continue;
            }

            await database.WriteAsync(connection => ErasureClaim.Report(connection, own, logId), cancellationToken);
            Log.Removed(logger, corpusId);
        }

        return isDone;
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failure is logged and retried.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    if (await Task.Run(() => RunAsync(stoppingToken), stoppingToken))
                    {
                        await _arrived.WaitAsync(erased.Running.Count == 0 ? IdlePeriod : Period, stoppingToken);
                        continue;
                    }
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.RemovalFailed(logger, failure, Period.TotalSeconds);
                }

                await Task.Delay(Period, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start removes the files that may have something of the documents.
        }
    }

    private void Wake()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}
