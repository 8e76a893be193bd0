using System.Data.Common;
using System.Security.Cryptography;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Documents;

/// <summary>
/// Logs of corpora: the order in PostgreSQL, the records in the object store. An entry is acknowledged when its row is committed. An append
/// replaces the number of entries it was records after, so of two appends to the same place one is rejected.
/// </summary>
internal sealed class PostgresCorpusLog(MetadataDatabase database, RecordStore store) : ICorpusLog
{
    private const int IdBytes = 16;

    /// <inheritdoc/>
    public void Add(DbConnection connection, string corpusId) => connection.Execute(
        "INSERT INTO corpus_logs (id, corpus) VALUES (@id, @corpus)",
        ("@id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))),
        ("@corpus", corpusId));

    /// <inheritdoc/>
    public async Task<CorpusLogState?> FindAsync(string corpusId, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            connection => connection.Query(
                "SELECT id, entries, documents, text_bytes, dimension FROM corpus_logs WHERE corpus = @corpus",
                static row => new CorpusLogState(row.GetString(0), row.GetInt64(1), Totals(row, 2)),
                ("@corpus", corpusId)),
            cancellationToken)).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DocumentTotals>> ReadTotalsAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            static connection => connection.Query(
                "SELECT corpus, documents, text_bytes, dimension FROM corpus_logs",
                static row => KeyValuePair.Create(row.GetString(0), Totals(row, 1))),
            cancellationToken)).ToDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CorpusLogEntry>> ListAsync(
        string logId, long after, int count, CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.Query(
            """
            SELECT number, documents, text_bytes, dimension, object_key, object_length, object_sha256, block_sha256
            FROM corpus_entries WHERE log = @log AND number > @after ORDER BY number LIMIT @count
            """,
            row => new CorpusLogEntry(
                logId,
                row.GetInt64(0),
                Totals(row, 1),
                new StoredRecords(row.GetString(4), row.GetInt64(5), row.GetFieldValue<byte[]>(6), row.GetFieldValue<byte[]>(7))),
            ("@log", logId),
            ("@after", after),
            ("@count", count)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> ReadAsync(CorpusLogEntry entry, CancellationToken cancellationToken) =>
        store.ReadAsync(entry.Content, cancellationToken);

    /// <inheritdoc/>
    public async Task<long?> OpenSessionAsync(string corpusId, string sessionId, CancellationToken cancellationToken)
    {
        // Random: a number that was deleted with its row is not given again.
        long owner = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        int opened = await database.WriteAsync(
            connection => connection.Execute(
                """
                INSERT INTO corpus_sessions (corpus, session, owner) SELECT id, @session, @owner FROM corpora WHERE id = @corpus
                ON CONFLICT (corpus, session) DO UPDATE SET owner = @owner
                """,
                ("@session", sessionId),
                ("@owner", owner),
                ("@corpus", corpusId)),
            cancellationToken);
        return opened == 1 ? owner : null;
    }

    /// <inheritdoc/>
    public Task CloseSessionAsync(string corpusId, string sessionId, long owner, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute(
                "DELETE FROM corpus_sessions WHERE corpus = @corpus AND session = @session AND owner = @owner",
                ("@corpus", corpusId),
                ("@session", sessionId),
                ("@owner", owner)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<StoredRecords> StoreAsync(PlannedRecords records, StoredRecords? earlier, CancellationToken cancellationToken) =>
        store.WriteAsync(records, earlier, cancellationToken);

    /// <inheritdoc/>
    public Task<LogAppend> AppendAsync(PlannedRecords records, StoredRecords stored, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Append(connection, records, stored), cancellationToken);

    private static LogAppend Append(DbConnection connection, PlannedRecords records, StoredRecords stored)
    {
        List<string> owned = connection.Query(
            "SELECT session FROM corpus_sessions WHERE corpus = @corpus AND (session, owner) IN (SELECT * FROM unnest(@sessions, @owners))",
            static row => row.GetString(0),
            ("@corpus", records.CorpusId),
            ("@sessions", records.Owners.Keys.ToArray()),
            ("@owners", records.Owners.Values.ToArray()));
        if (owned.Count < records.Owners.Count)
        {
            return new LogAppend(false, [.. records.Owners.Keys.Except(owned, StringComparer.Ordinal)]);
        }

        int moved = connection.Execute(
            """
            UPDATE corpus_logs SET entries = @number, documents = @documents, text_bytes = @bytes, dimension = @dimension
            WHERE id = @log AND entries = @number - 1
            """,
            ("@number", records.Number),
            ("@documents", records.Totals.Documents),
            ("@bytes", records.Totals.TextBytes),
            ("@dimension", (long)records.Totals.Dimension),
            ("@log", records.LogId));
        if (moved == 0)
        {
            return LogAppend.Conflict;
        }

        connection.Execute(
            """
            INSERT INTO corpus_entries
                (log, number, documents, text_bytes, dimension, object_key, object_length, object_sha256, block_sha256)
            VALUES (@log, @number, @documents, @bytes, @dimension, @key, @length, @sha256, @blocks)
            """,
            ("@log", records.LogId),
            ("@number", records.Number),
            ("@documents", records.Totals.Documents),
            ("@bytes", records.Totals.TextBytes),
            ("@dimension", (long)records.Totals.Dimension),
            ("@key", stored.Key),
            ("@length", stored.Length),
            ("@sha256", stored.Sha256),
            ("@blocks", stored.Blocks));
        return LogAppend.Appended;
    }

    private static DocumentTotals Totals(DbDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt64(first + 1), (int)row.GetInt64(first + 2));
}
