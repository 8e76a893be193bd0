using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Corpora;
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
    ILogger<RetentionCheck> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.RetentionInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (CorpusRow row in table.All.Where(static row => row.Retention > TimeSpan.Zero))
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
