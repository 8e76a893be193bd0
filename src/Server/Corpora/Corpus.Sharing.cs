using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <content>
/// Appends to the log that several servers share. The appends that wait are planned against the replica and become one entry of the log.
/// If another server has appended meanwhile, the replica catches up and they are planned again.
/// </content>
internal sealed partial class Corpus
{
    private const long MaxEntryBytes = 16 << 20;
    private const int MaxAttempts = 64;

    private readonly SemaphoreSlim _committing = new(1);

    /// <summary>Ends the streams, because another server has deleted the corpus.</summary>
    /// <param name="removesFolder">Whether the local copy is removed too.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    public async Task LeaveAsync(bool removesFolder, CancellationToken cancellationToken)
    {
        await _writer.RunAsync(
            () =>
            {
                _isDeleted = true;
                if (removesFolder && !TryRemove())
                {
                    Log.RemovalPostponed(_logger, Id);
                }
            },
            cancellationToken);
        await _deleted.CancelAsync();
    }

    /// <summary>Appends an erasure to the log and hides its documents from every later read at any server.</summary>
    /// <param name="found">The documents.</param>
    /// <param name="addRow">Adds the row of the erasure; it counts when the transaction commits.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    /// <returns>False if the places are outdated: another erasure hid a document or replaced the records.</returns>
    /// <exception cref="ServiceException">The corpus does not exist, other servers append all the time, or the database fails.</exception>
    public async Task<bool> HideSharedAsync(FoundDocuments found, Action<DbConnection> addRow, CancellationToken cancellationToken)
    {
        await _committing.WaitAsync(cancellationToken);
        try
        {
            for (int attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                CorpusLogState state = await _replica!.CatchUpAsync(cancellationToken);
                PlannedErasure? planned = await _writer.RunAsync(() => PlanErasure(state.Id, found), cancellationToken);
                if (planned is null)
                {
                    return false;
                }

                if (await _log!.EraseAsync(planned, addRow, CancellationToken.None))
                {
                    await _replica.ApplyAsync(
                        new CorpusLogEntry(state.Id, planned.Number, planned.Totals, StoredRecords.None), found);
                    return true;
                }
            }
        }
        finally
        {
            _committing.Release();
        }

        throw Fault.CorpusBusy(ResourceNames.Corpus(Id));
    }

    private PlannedErasure? PlanErasure(string logId, FoundDocuments found)
    {
        RequireExisting();
        _documents.EnsureTrusted();
        DocumentView view = _documents.View;
        if (view.FileId != logId || logId != found.FileId || found.Items.Any(item => view.Erased.Contains(item.Place)))
        {
            return null;
        }

        DocumentTotals before = _documents.Content.Totals;
        long left = before.Documents - found.Items.Count;
        DocumentTotals totals = new(
            left,
            before.TextBytes - found.Items.Sum(static item => (long)item.TextBytes),
            left == 0 ? 0 : before.Dimension);
        return new PlannedErasure(logId, _documents.Entries + 1, found.Items.Count, totals);
    }

    private Task CatchUpAsync(CancellationToken cancellationToken) =>
        _replica is null ? Task.CompletedTask : _replica.CatchUpAsync(cancellationToken);

    private async Task<(SessionState Session, long Owner)> OpenSharedSessionAsync(string sessionId, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        await _writer.RunAsync(
            () =>
            {
                RequireExisting();
                _documents.EnsureWritable();
                RequireRoom(sessionId);
            },
            cancellationToken);
        long owner = await _log!.OpenSessionAsync(Id, sessionId, cancellationToken)
            ?? throw Fault.CorpusNotFound(ResourceNames.Corpus(Id));

        // After the change of the owner: no append of an earlier one can follow, so the offset is final.
        await CatchUpAsync(cancellationToken);
        return await _writer.RunAsync(
            () =>
            {
                RequireExisting();
                _documents.EnsureWritable();
                _owners[sessionId] = owner;
                return (_documents.Content.Session(sessionId), owner);
            },
            cancellationToken);
    }

    private async Task StoreSharedAsync()
    {
        await _committing.WaitAsync(CancellationToken.None);
        try
        {
            List<PendingAppend> appends = TakePending(MaxEntryBytes);
            if (appends.Count > 0)
            {
                await TryCommitAsync(appends);
            }
        }
        finally
        {
            _committing.Release();
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "Each waiting append receives the exception.")]
    private async Task TryCommitAsync(List<PendingAppend> appends)
    {
        try
        {
            await CommitAsync(appends);
        }
        catch (Exception exception)
        {
            Exception fault = exception is IOException
                ? Fault.StorageUnavailable($"The documents of '{ResourceNames.Corpus(Id)}'", exception)
                : exception;
            appends.ForEach(append => append.Fail(fault));
        }
    }

    private async Task CommitAsync(List<PendingAppend> appends)
    {
        StoredRecords? stored = null;
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            CorpusLogState state = await _replica!.CatchUpAsync(CancellationToken.None);
            (List<AppendPlan> plans, PlannedRecords records) = await _writer.RunAsync(
                () => PlanShared(state.Id, [.. appends.Where(static append => !append.Result.IsCompleted)]), CancellationToken.None);
            if (records.Records.Count == 0)
            {
                Complete(appends);
                return;
            }

            stored = await _log!.StoreAsync(records, stored, CancellationToken.None);
            LogAppend outcome = await _log.AppendAsync(records, stored, CancellationToken.None);
            if (outcome.IsAppended)
            {
                await _replica.ApplyAsync(new CorpusLogEntry(state.Id, records.Number, records.Totals, stored), plans);
                Complete(appends);
            }

            plans.ForEach(static plan => plan.Release());
            if (outcome.IsAppended)
            {
                return;
            }

            foreach (PendingAppend append in appends.Where(append => outcome.LostSessions.Contains(append.SessionId)))
            {
                append.Fail(Fault.SessionTakenOver());
            }
        }

        throw Fault.CorpusBusy(ResourceNames.Corpus(Id));
    }

    private static void Complete(List<PendingAppend> appends)
    {
        foreach (PendingAppend append in appends.Where(static append => append.Planned is not null))
        {
            append.Complete();
        }
    }

    private (List<AppendPlan> Plans, PlannedRecords Records) PlanShared(string logId, List<PendingAppend> appends)
    {
        RequireExisting();
        _documents.EnsureWritable();
        List<AppendPlan> plans = Plan(appends);
        Dictionary<string, long> owners = new(StringComparer.Ordinal);
        foreach (PendingAppend append in appends.Where(static append => append.Planned is not null))
        {
            owners[append.SessionId] = append.Owner;
        }

        PlannedRecords records = new(
            Id,
            logId,
            _documents.Entries + 1,
            CorpusDocuments.RecordsOf(plans),
            _documents.TotalsAfter(plans),
            owners);
        return (plans, records);
    }
}
