using System.Data.Common;
using System.Globalization;
using TopicGrpc.Cluster.Postgres;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// The ledger in a SQL database, PostgreSQL at its default isolation or SQLite. Every decision is an UPDATE whose condition names columns
/// of the updated row alone: PostgreSQL evaluates it again after it waited for the row, so a reference and a condemnation exclude each
/// other.
/// </summary>
/// <param name="database">The database, with the tables of <see cref="LedgerSchema"/>.</param>
/// <param name="clock">Clock of ages and grace times. Differences between members change these times only.</param>
internal sealed class SqlObjectLedger(DbDataSource database, TimeProvider clock) : IObjectLedger
{
    private const int MaxAttempts = 10;

    private static readonly TimeSpan MemoryOfEnded = TimeSpan.FromDays(1);

    public Task BeginAsync(string publication, CancellationToken cancellationToken) => RunAsync(
        sql => sql.ExecuteAsync(
            "INSERT INTO artifact_publications (id, owner, began) VALUES (@id, NULL, @now) ON CONFLICT (id) DO NOTHING",
            ("@id", ArtifactKeys.CheckPublication(publication)),
            ("@now", Now)),
        cancellationToken);

    public Task<IReadOnlyList<Reservation>> ReserveAsync(
        string publication, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<Reservation>>(
            async sql =>
            {
                // An update without effect locks the row: neither a commit nor an abandonment runs at the same time.
                int open = await sql.ExecuteAsync(
                    "UPDATE artifact_publications SET began = began WHERE id = @id AND owner IS NULL AND ended IS NULL",
                    ("@id", publication));
                if (open == 0)
                {
                    throw new PublicationEndedException(publication);
                }

                List<Reservation> reserved = [];
                foreach (LedgerEntry entry in entries)
                {
                    reserved.Add(await ReserveAsync(sql, publication, entry));
                }

                return reserved;
            },
            cancellationToken);

    public Task<bool> CommitAsync(string publication, string owner, CancellationToken cancellationToken) => RunAsync(
        sql => LedgerStatements.CommitAsync(sql, publication, owner), cancellationToken);

    public Task AbandonAsync(string publication, CancellationToken cancellationToken) => RunAsync(
        sql => AbandonAsync(sql, publication),
        cancellationToken);

    public async Task<int> AbandonOlderAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        List<string> old = await RunAsync(
            sql => sql.QueryAsync(
                "SELECT id FROM artifact_publications WHERE owner IS NULL AND ended IS NULL AND began <= @end ORDER BY id",
                static row => row.GetString(0),
                ("@end", Now - Milliseconds(age))),
            cancellationToken);
        await RunAsync(
            sql => sql.ExecuteAsync(
                "DELETE FROM artifact_publications WHERE ended <= @end", ("@end", Now - Milliseconds(MemoryOfEnded))),
            cancellationToken);
        int abandoned = 0;
        foreach (string publication in old)
        {
            abandoned += await RunAsync(sql => AbandonAsync(sql, publication), cancellationToken);
        }

        return abandoned;
    }

    public Task ReleaseAsync(string owner, TimeSpan grace, CancellationToken cancellationToken) => RunAsync(
        sql => LedgerStatements.ReleaseAsync(sql, owner, clock.GetUtcNow(), grace), cancellationToken);

    public Task<IReadOnlyList<string>> CondemnAsync(int limit, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<string>>(
        async sql =>
        {
            await sql.ExecuteAsync(
                "UPDATE artifact_objects SET is_condemned = 1 "
                + "WHERE is_condemned = 0 AND reference_count = 0 AND free_after <= @now",
                ("@now", Now));
            return await sql.QueryAsync(
                "SELECT key FROM artifact_objects WHERE is_condemned = 1 ORDER BY key LIMIT @limit",
                static row => row.GetString(0),
                ("@limit", limit));
        },
        cancellationToken);

    public Task ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => RunAsync(
        async sql =>
        {
            foreach (string key in keys)
            {
                await sql.ExecuteAsync("DELETE FROM artifact_objects WHERE key = @key AND is_condemned = 1", ("@key", key));
            }

            return keys.Count;
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> FindPendingAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        FindAsync(keys, "SELECT 1 FROM artifact_objects WHERE key = @key AND is_stored = 0 AND is_condemned = 0", true, cancellationToken);

    public Task<IReadOnlyList<string>> FindUnknownAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        FindAsync(keys, "SELECT 1 FROM artifact_objects WHERE key = @key", false, cancellationToken);

    /// <summary>Returns the keys for which a statement has a row, or has none.</summary>
    private Task<IReadOnlyList<string>> FindAsync(
        IReadOnlyList<string> keys, string sql, bool hasRow, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<string>>(
            async transaction =>
            {
                List<string> found = [];
                foreach (string key in keys)
                {
                    if (await transaction.QueryAsync(sql, static _ => true, ("@key", key)) is [true] == hasRow)
                    {
                        found.Add(key);
                    }
                }

                return found;
            },
            cancellationToken);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private static async Task<Reservation> ReserveAsync(LedgerCommand sql, string publication, LedgerEntry entry)
    {
        List<Reservation> known = await sql.QueryAsync(
            "SELECT o.key, o.is_stored FROM artifact_references r JOIN artifact_objects o ON o.key = r.key "
            + "WHERE r.holder = @id AND o.sha256 = @sha256 AND o.length = @length",
            row => new Reservation(entry, row.GetString(0), IsSet(row, 1)),
            ("@id", publication),
            ("@sha256", entry.Sha256),
            ("@length", entry.Length));
        if (known is [Reservation repeated, ..])
        {
            return repeated;
        }

        List<string> shared = await sql.QueryAsync(
            "UPDATE artifact_objects SET reference_count = reference_count + 1 WHERE is_condemned = 0 AND is_stored = 1 AND key = "
            + "(SELECT key FROM artifact_objects WHERE sha256 = @sha256 AND length = @length AND is_stored = 1 AND is_condemned = 0 "
            + "ORDER BY key LIMIT 1) RETURNING key",
            static row => row.GetString(0),
            ("@sha256", entry.Sha256),
            ("@length", entry.Length));
        string key = shared is [string found] ? found : ArtifactKeys.Of(entry.Sha256, publication);
        if (shared.Count == 0)
        {
            await sql.ExecuteAsync(
                "INSERT INTO artifact_objects (key, sha256, length, is_stored, is_condemned, reference_count, free_after) "
                + "VALUES (@key, @sha256, @length, 0, 0, 1, 0)",
                ("@key", key),
                ("@sha256", entry.Sha256),
                ("@length", entry.Length));
        }

        await sql.ExecuteAsync(
            "INSERT INTO artifact_references (holder, key) VALUES (@id, @key)", ("@id", publication), ("@key", key));
        return new Reservation(entry, key, shared.Count > 0);
    }

    private async Task<int> AbandonAsync(LedgerCommand sql, string publication)
    {
        int ended = await sql.ExecuteAsync(
            "UPDATE artifact_publications SET ended = @now WHERE id = @id AND owner IS NULL AND ended IS NULL",
            ("@now", Now),
            ("@id", publication));
        if (ended > 0)
        {
            await LedgerStatements.DropAsync(sql, publication, freeAfter: null);
        }

        return ended;
    }

    private static bool IsSet(DbDataReader row, int column) =>
        Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture) != 0;

    /// <summary>Runs a transaction; one that lost a conflict with another is repeated.</summary>
    private async Task<T> RunAsync<T>(Func<LedgerCommand, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using DbConnection connection = await database.OpenConnectionAsync(cancellationToken);
                await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
                T result = await work(new LedgerCommand(connection, transaction, cancellationToken));
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (DbException conflict) when (attempt < MaxAttempts && IsConflict(conflict))
            {
                // The transaction that won has committed, so the next attempt sees its rows.
            }
        }
    }

    // 40001 serialization failure, 40P01 deadlock, 23505 a row of a transaction that committed in between.
    private static bool IsConflict(DbException failure) => failure.SqlState is "40001" or "40P01" or "23505";
}
