using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Erasing;

/// <summary>Erases documents that are older than the retention of their corpus.</summary>
internal sealed class RetentionCheck(
    CorpusTable table,
    CorpusStore corpora,
    ErasureRequests erasures,
    IOptions<ErasureOptions> options,
    TimeProvider clock,
    ILogger<RetentionCheck> logger,
    ISharedErasure? shared = null) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.RetentionInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                CorpusRow[] expiring = [.. table.All.Where(static row => row.Retention > TimeSpan.Zero)];
                if (expiring.Length == 0 || !await IsCheckerAsync(stoppingToken))
                {
                    continue;
                }

                foreach (CorpusRow row in expiring)
                {
                    await CheckAsync(row, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Returns whether this member checks the ages for the cluster.</summary>
    private async Task<bool> IsCheckerAsync(CancellationToken stoppingToken)
    {
        try
        {
            return shared is null || await shared.TryClaimAsync(stoppingToken);
        }
        catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
        {
            Log.ClaimFailed(logger, failure);
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failed check must not stop the others.")]
    private async Task CheckAsync(CorpusRow row, CancellationToken stoppingToken)
    {
        try
        {
            DateTimeOffset oldest = clock.GetUtcNow() - row.Retention;
            if ((await corpora.Of(row).OpenAsync(stoppingToken)).Earliest is { } earliest && earliest < oldest)
            {
                Erasure receipt = await erasures.StartAsync(
                    row.Id, document => document.Time < oldest, requestId: string.Empty, byRetention: true, stoppingToken);
                Log.Expired(logger, ResourceNames.Corpus(row.Id), receipt.DocumentCount);
            }
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.ExpiryFailed(logger, failure, ResourceNames.Corpus(row.Id));
        }
    }
}
