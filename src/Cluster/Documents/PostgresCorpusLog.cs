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
        "INSERT INTO corpus_logs (id, file_id, corpus) VALUES (@id, @id, @corpus)",
        ("@id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))),
        ("@corpus", corpusId));

    /// <inheritdoc/>
    public async Task<CorpusLogState?> FindAsync(string corpusId, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            connection => connection.Query(
                "SELECT file_id, entries, documents, text_bytes, dimension, erased, removed FROM corpus_logs WHERE corpus = @corpus",
                static row => new CorpusLogState(row.GetString(0), row.GetInt64(1), Totals(row, 2))
                {
                    Erased = row.GetInt64(5),
                    Removed = row.GetInt64(6),
                },
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
            SELECT e.number, e.documents, e.text_bytes, e.dimension, e.object_key, e.object_length, e.object_sha256, e.block_sha256
            FROM corpus_entries AS e JOIN corpus_logs AS l ON l.id = e.log
            WHERE l.file_id = @log AND e.number > @after ORDER BY e.number LIMIT @count
            """,
            row => new CorpusLogEntry(logId, row.GetInt64(0), Totals(row, 1), Records(row, 4)),
            ("@log", logId),
            ("@after", after),
            ("@count", count)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>> ReadAsync(CorpusLogEntry entry, CancellationToken cancellationToken) =>
        entry.Content.IsNone ? Task.FromResult<IReadOnlyList<byte[]>>([]) : store.ReadAsync(entry.Content, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlySet<int>?> ReadErasedAsync(string corpusId, string logId, CancellationToken cancellationToken) =>
        await database.ReadAsync<IReadOnlySet<int>?>(
            connection => connection.Query(
                "SELECT 1 FROM corpus_logs WHERE corpus = @corpus AND file_id = @log",
                static _ => true,
                ("@corpus", corpusId),
                ("@log", logId)).Count == 0
                ? null
                : ErasureTable.ReadPlaces(connection, corpusId, logId),
            cancellationToken);

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

    /// <inheritdoc/>
    public async Task<bool> EraseAsync(PlannedErasure erasure, Action<DbConnection> addRow, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(connection => Erase(connection, erasure, addRow), cancellationToken);
        }
        catch (OutdatedPlanException)
        {
            return false;
        }
    }

    /// <exception cref="OutdatedPlanException">The log has another end or another id; the transaction must not commit.</exception>
    private static bool Erase(DbConnection connection, PlannedErasure erasure, Action<DbConnection> addRow)
    {
        addRow(connection);
        List<string> moved = connection.Query(
            """
            UPDATE corpus_logs SET entries = @number, documents = @documents, text_bytes = @bytes, dimension = @dimension,
                erased = erased + @erased
            WHERE file_id = @log AND entries = @number - 1
            RETURNING id
            """,
            static row => row.GetString(0),
            [.. Place(erasure.LogId, erasure.Number, erasure.Totals), ("@erased", (long)erasure.Documents)]);
        if (moved is not [{ } id])
        {
            throw new OutdatedPlanException();
        }

        return connection.Execute(
            """
            INSERT INTO corpus_entries (log, number, documents, text_bytes, dimension, places)
            VALUES (@log, @number, @documents, @bytes, @dimension, 0)
            """,
            Place(id, erasure.Number, erasure.Totals)) == 1;
    }

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

        // Documents before the entry: the difference is the number of places that it adds.
        List<(string Id, long Documents)> moved = connection.Query(
            """
            UPDATE corpus_logs SET entries = @number, documents = @documents, text_bytes = @bytes, dimension = @dimension
            FROM (SELECT id, documents AS before FROM corpus_logs WHERE file_id = @log FOR UPDATE) AS former
            WHERE corpus_logs.id = former.id AND entries = @number - 1
            RETURNING corpus_logs.id, before
            """,
            static row => (row.GetString(0), row.GetInt64(1)),
            Place(records.LogId, records.Number, records.Totals));
        if (moved is not [var end])
        {
            return LogAppend.Conflict;
        }

        connection.Execute(
            """
            INSERT INTO corpus_entries
                (log, number, documents, text_bytes, dimension, places, object_key, object_length, object_sha256, block_sha256)
            VALUES (@log, @number, @documents, @bytes, @dimension, @places, @key, @length, @sha256, @blocks)
            """,
            [
                .. Place(end.Id, records.Number, records.Totals),
                ("@places", records.Totals.Documents - end.Documents),
                .. RecordStore.Columns(stored),
            ]);
        return LogAppend.Appended;
    }

    private static (string Name, object? Value)[] Place(string log, long number, in DocumentTotals totals) =>
    [
        ("@log", log),
        ("@number", number),
        ("@documents", totals.Documents),
        ("@bytes", totals.TextBytes),
        ("@dimension", (long)totals.Dimension),
    ];

    /// <summary>Reads the columns that name stored records.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">First of the columns.</param>
    public static StoredRecords Records(DbDataReader row, int first) => row.IsDBNull(first)
        ? StoredRecords.None
        : new StoredRecords(
            row.GetString(first),
            row.GetInt64(first + 1),
            row.GetFieldValue<byte[]>(first + 2),
            row.GetFieldValue<byte[]>(first + 3));

    private static DocumentTotals Totals(DbDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt64(first + 1), (int)row.GetInt64(first + 2));
}
