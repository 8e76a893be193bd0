using System.Data.Common;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>A log that calls a test at each step of an append, for example to fail there.</summary>
internal sealed class InterruptedLog(ICorpusLog log) : ICorpusLog
{
    /// <summary>Called at each step; an exception ends the call.</summary>
    public Func<LogStep, Task> At { get; set; } = static _ => Task.CompletedTask;

    public void Add(DbConnection connection, string corpusId) => log.Add(connection, corpusId);

    public Task<CorpusLogState?> FindAsync(string corpusId, CancellationToken cancellationToken) =>
        log.FindAsync(corpusId, cancellationToken);

    public Task<IReadOnlyDictionary<string, DocumentTotals>> ReadTotalsAsync(CancellationToken cancellationToken) =>
        log.ReadTotalsAsync(cancellationToken);

    public Task<IReadOnlySet<int>?> ReadErasedAsync(string corpusId, string logId, CancellationToken cancellationToken) =>
        log.ReadErasedAsync(corpusId, logId, cancellationToken);

    public async Task<bool> EraseAsync(PlannedErasure erasure, Action<DbConnection> addRow, CancellationToken cancellationToken)
    {
        await At(LogStep.BeforeErase);
        bool isAppended = await log.EraseAsync(erasure, addRow, cancellationToken);
        await At(LogStep.AfterErase);
        return isAppended;
    }

    public Task<IReadOnlyList<CorpusLogEntry>> ListAsync(string logId, long after, int count, CancellationToken cancellationToken) =>
        log.ListAsync(logId, after, count, cancellationToken);

    public async Task<IReadOnlyList<byte[]>> ReadAsync(CorpusLogEntry entry, CancellationToken cancellationToken)
    {
        await At(LogStep.BeforeRead);
        return await log.ReadAsync(entry, cancellationToken);
    }

    public Task<long?> OpenSessionAsync(string corpusId, string sessionId, CancellationToken cancellationToken) =>
        log.OpenSessionAsync(corpusId, sessionId, cancellationToken);

    public Task CloseSessionAsync(string corpusId, string sessionId, long owner, CancellationToken cancellationToken) =>
        log.CloseSessionAsync(corpusId, sessionId, owner, cancellationToken);

    public async Task<StoredRecords> StoreAsync(PlannedRecords records, StoredRecords? earlier, CancellationToken cancellationToken)
    {
        await At(LogStep.BeforeStore);
        StoredRecords stored = await log.StoreAsync(records, earlier, cancellationToken);
        await At(LogStep.AfterStore);
        return stored;
    }

    public async Task<LogAppend> AppendAsync(PlannedRecords records, StoredRecords stored, CancellationToken cancellationToken)
    {
        await At(LogStep.BeforeAppend);
        LogAppend outcome = await log.AppendAsync(records, stored, cancellationToken);
        await At(LogStep.AfterAppend);
        return outcome;
    }
}
