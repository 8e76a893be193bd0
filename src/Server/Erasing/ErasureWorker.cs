using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Erasing;

/// <summary>
/// Removes the bytes of erased documents: from versions, stored operations, the document file and cached embeddings. The document file
/// comes last, because the documents are found by their places in it. Every step can be repeated, so a stop or a failure at any point
/// starts the erasure again from the first step.
/// </summary>
internal sealed class ErasureWorker(
    ErasedDocuments erased,
    ErasureTable table,
    ErasureSignal signal,
    CorpusStore corpora,
    VersionErasure versions,
    OperationErasure operations,
    CorpusErasure files,
    FitStore fits,
    IChangeFeed changes,
    DataFolder folder,
    MetadataDatabase database,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ErasureWorker> logger,
    ISharedErasure? shared = null) : BackgroundService
{
    private const int MaxUnexamined = 100;

    private static readonly TimeSpan ClaimPeriod = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (lifetime.ApplicationStarted.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), started))
            {
                await started.Task.WaitAsync(stoppingToken);
            }

            while (true)
            {
                await signal.WaitAsync(stoppingToken);
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start resumes the erasures.
        }
    }

    /// <summary>Runs all erasures. A corpus that fails does not delay the others.</summary>
    private async Task RunAsync(CancellationToken stoppingToken)
    {
        StorageRetry retry = new(clock);
        while (erased.Running.Count > 0)
        {
            if (shared is not null && !await TryClaimAsync(shared, stoppingToken))
            {
                await Task.Delay(ClaimPeriod, clock, stoppingToken);
                continue;
            }

            bool haveFailed = false;
            TimeSpan delay = retry.NextDelay();
            foreach (IGrouping<string, RunningErasure> erasures in erased.Running.GroupBy(static erasure => erasure.Row.Corpus).ToArray())
            {
                haveFailed |= !await TryRunAsync(erasures.Key, [.. erasures], delay, stoppingToken);
            }

            if (haveFailed)
            {
                await TryReleaseAsync();
                await Task.Delay(delay, clock, stoppingToken);
            }
            else
            {
                retry.Reset();
            }
        }
    }

    /// <returns>Whether this member removes the documents of the cluster, with the receipts as they are stored.</returns>
    private async Task<bool> TryClaimAsync(ISharedErasure cluster, CancellationToken stoppingToken)
    {
        try
        {
            if (!await cluster.TryClaimAsync(stoppingToken))
            {
                return false;
            }

            // Another member may have had the claim, and written findings. All erasures of a log must be known to rewrite it.
            await changes.CatchUpAsync(ChangeKinds.Erasure, stoppingToken);
            var stored = (await table.RefreshAsync(corpora: null, stoppingToken))
                .ToDictionary(static row => row.Receipt.Name, StringComparer.Ordinal);
            foreach (RunningErasure running in erased.Running)
            {
                running.Row = stored.GetValueOrDefault(running.Row.Receipt.Name) ?? running.Row;
            }

            erased.Remove([.. erased.Running.Where(running => !stored.ContainsKey(running.Row.Receipt.Name))]);
            return true;
        }
        catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
        {
            Log.ClaimFailed(logger, failure);
            return false;
        }
    }

    /// <summary>Lets another member try: the failure may be one of this member.</summary>
    private async Task TryReleaseAsync()
    {
        try
        {
            await (shared?.ReleaseAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
        catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
        {
            Log.ClaimFailed(logger, failure);
        }
    }

    /// <returns>Whether the attempt did not fail.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The failure is logged, reported, retried.")]
    private async Task<bool> TryRunAsync(string corpus, RunningErasure[] erasures, TimeSpan delay, CancellationToken stoppingToken)
    {
        try
        {
            // A fit that runs may write embeddings of the documents and publish them.
            Task? restarted = null;
            foreach (RunningErasure erasure in erasures)
            {
                erasure.Quiet ??= restarted ??= fits.RestartReaders(corpus);
            }

            await Task.WhenAll(erasures.Select(static erasure => erasure.Quiet!)).WaitAsync(stoppingToken);
            await changes.CatchUpAsync(ChangeKinds.Model, stoppingToken);

            // On threads of normal priority: the removal must not wait until the processor is idle, and it holds locks of loads.
            await Task.Run(() => RemoveAsync(corpus, erasures, stoppingToken), stoppingToken);
            return true;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.RemovalWaits(logger, failure, ResourceNames.Corpus(corpus), delay.TotalSeconds);
            await ReportAsync(erasures, failure);
            return false;
        }
    }

    private async Task RemoveAsync(string corpus, RunningErasure[] erasures, CancellationToken cancellationToken)
    {
        await FindAsync(corpus, erasures, cancellationToken);
        await versions.RunAsync(erasures, cancellationToken);
        await operations.ReplaceInFitsAsync(erasures);
        if (!await files.RunAsync(erasures, cancellationToken))
        {
            // The next round includes the erasure that started meanwhile.
            return;
        }

        database.RemoveReplaced();
        var now = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
        string[] unexamined = [.. Unexamined().Take(MaxUnexamined)];
        foreach (RunningErasure erasure in erasures)
        {
            Erasure receipt = erasure.Row.Receipt;
            Erasure.Types.Finding finding = Receipts.FindOrAdd(receipt, ResourceNames.Corpus(corpus));
            finding.DocumentCount = receipt.DocumentCount;
            finding.RemoveTime = now;
            receipt.Unexamined.Clear();
            receipt.Unexamined.AddRange(unexamined);
            receipt.State = Erasure.Types.State.Succeeded;
            receipt.EndTime = now;
            receipt.Error = null;
        }

        await table.EndAsync([.. erasures.Select(static erasure => erasure.Row.Receipt)]);
        erased.Remove(erasures);
        foreach (RunningErasure erasure in erasures)
        {
            Log.Removed(logger, erasure.Row.Receipt.Name, erasure.Row.Receipt.DocumentCount, erasure.Row.Receipt.Findings.Count - 1);
        }
    }

    /// <summary>Finds the documents of erasures that could not be found at the start.</summary>
    private async Task FindAsync(string corpus, RunningErasure[] erasures, CancellationToken cancellationToken)
    {
        foreach (RunningErasure erasure in erasures.Where(static erasure => erasure.Documents is null))
        {
            // Another file has none of them: the versions were done before it was written. A corpus that another member has deleted
            // in the meantime has none either.
            FoundDocuments? found = null;
            try
            {
                found = await corpora.Get(corpus).Corpus.FindErasedAsync(
                    erasure.Row.FileId, new HashSet<int>(erasure.Row.Places), cancellationToken);
            }
            catch (ServiceException gone) when (gone.Code == Grpc.Core.StatusCode.NotFound)
            {
                Log.CorpusGone(logger, erasure.Row.Receipt.Name);
            }

            erasure.Know(found ?? new FoundDocuments(erasure.Row.FileId, []));
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The failure itself is logged and retried.")]
    private async Task ReportAsync(RunningErasure[] erasures, Exception failure)
    {
        ServiceException error = failure as ServiceException ?? Fault.StorageUnavailable("The removal of erased documents", failure);
        try
        {
            foreach (RunningErasure erasure in erasures)
            {
                erasure.Row.Receipt.Error = Contract.StatusMapping.ToProto(error);
                await table.SaveAsync(erasure.Row.Receipt);
            }
        }
        catch (Exception)
        {
            // The database fails too; its failure is logged there.
        }
    }

    /// <summary>Lists what the server never changes: quarantine, folders of no version, copies from before an upgrade.</summary>
    private IEnumerable<string> Unexamined()
    {
        IEnumerable<string> quarantined = folder.Files.FolderExists(folder.Quarantine)
            ? folder.Files.ListFolders(folder.Quarantine).Concat(folder.Files.ListFiles(folder.Quarantine))
            : [];
        IEnumerable<string> copies = folder.Files.ListFiles(folder.Root)
            .Where(path => path.StartsWith(folder.Database + ".schema", StringComparison.Ordinal));
        return quarantined.Concat(copies).Select(folder.Paths.Relative).Concat(folder.Warnings.Strays);
    }
}
