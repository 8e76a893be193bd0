using System.Collections.Immutable;
using System.Data.Common;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The rows of corpora. They are few and small: reads use a copy in memory and never wait for the disk. Changes are checked in their
/// transaction, because another member of a cluster may have changed the rows since the copy was read. Thread-safe; changes of one row by
/// this server run on the disk thread of its corpus.
/// </summary>
internal sealed class CorpusTable(MetadataDatabase database, ICorpusLog? log = null)
{
    private const string Columns = "SELECT id, display_name, created, request_id, retention, given_dimension, given_encoder FROM corpora";

    private readonly Lock _changing = new();
    private int _changes;
    private ImmutableSortedDictionary<string, CorpusRow> _rows = database.Read(static connection => connection
        .Query(Columns, Row)
        .ToImmutableSortedDictionary(static row => row.Id, static row => row, StringComparer.Ordinal));

    /// <summary>All rows, by id.</summary>
    public IEnumerable<CorpusRow> All => Volatile.Read(ref _rows).Values;

    public CorpusRow? Find(string id) => Volatile.Read(ref _rows).GetValueOrDefault(id);

    /// <summary>Lists the rows after an id, in order.</summary>
    public List<CorpusRow> List(string afterId, int count) =>
        [.. All.SkipWhile(row => string.CompareOrdinal(row.Id, afterId) <= 0).Take(count)];

    /// <summary>Returns the number of corpora.</summary>
    public int Count() => Volatile.Read(ref _rows).Count;

    /// <summary>Adds a row unless the id is taken.</summary>
    /// <param name="row">The row.</param>
    /// <param name="limit">Most rows; 0: no limit.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="ServiceException">There are too many rows.</exception>
    public bool TryAdd(CorpusRow row, int limit = 0)
    {
        int added = database.Write(connection =>
        {
            int rows = Require(connection, limit).Execute(
                """
                INSERT INTO corpora (id, display_name, created, request_id, retention, given_dimension, given_encoder)
                VALUES (@id, @name, @created, @request, @retention, @dimension, @encoder) ON CONFLICT DO NOTHING
                """,
                ("@id", row.Id),
                ("@name", row.DisplayName),
                ("@created", row.Created.ToUnixTimeMilliseconds()),
                ("@request", row.RequestId),
                ("@retention", (long)row.Retention.TotalMilliseconds),
                ("@dimension", (long?)row.Given?.Dimension),
                ("@encoder", row.Given?.Encoder ?? string.Empty));
            if (rows == 1)
            {
                log?.Add(connection, row.Id);
            }

            return rows;
        });
        if (added == 1)
        {
            Change(rows => rows.SetItem(row.Id, row));
        }

        return added == 1;
    }

    /// <summary>Changes display name and retention of an existing row.</summary>
    /// <returns>The row after the change; null if it does not exist.</returns>
    public CorpusRow? TryUpdate(string id, Func<CorpusRow, CorpusRow> change)
    {
        CorpusRow? updated = database.Write(connection =>
        {
            if (Find(connection, id) is not { } stored)
            {
                return null;
            }

            CorpusRow changed = change(stored);
            connection.Execute(
                "UPDATE corpora SET display_name = @name, retention = @retention WHERE id = @id",
                ("@id", id),
                ("@name", changed.DisplayName),
                ("@retention", (long)changed.Retention.TotalMilliseconds));
            return changed;
        });
        if (updated is not null)
        {
            Change(rows => rows.SetItem(id, updated));
        }

        return updated;
    }

    /// <summary>Reads rows again that another member may have changed.</summary>
    /// <param name="ids">Ids of the rows; null: all.</param>
    /// <param name="cancellationToken">Cancels the read before it starts.</param>
    /// <exception cref="ServiceException">The database fails.</exception>
    public async Task RefreshAsync(IReadOnlySet<string>? ids, CancellationToken cancellationToken)
    {
        bool isApplied = false;
        while (!isApplied)
        {
            int changes = Volatile.Read(ref _changes);
            List<CorpusRow> stored = await database.ReadAsync(
                connection => ids is null
                    ? connection.Query(Columns, Row)
                    : [.. ids.Select(id => Find(connection, id)).OfType<CorpusRow>()],
                cancellationToken);
            lock (_changing)
            {
                // The rows may be older than a change that this server has made meanwhile.
                isApplied = changes == _changes;
                if (isApplied)
                {
                    _rows = (ids is null ? _rows.Clear() : _rows.RemoveRange(ids))
                        .SetItems(stored.Select(static row => KeyValuePair.Create(row.Id, row)));
                }
            }
        }
    }

    public bool Remove(string id)
    {
        int removed = database.Write(connection => connection.Execute("DELETE FROM corpora WHERE id = @id", ("@id", id)));
        Change(rows => rows.Remove(id));
        return removed == 1;
    }

    private void Change(Func<ImmutableSortedDictionary<string, CorpusRow>, ImmutableSortedDictionary<string, CorpusRow>> change)
    {
        lock (_changing)
        {
            _changes++;
            Volatile.Write(ref _rows, change(_rows));
        }
    }

    private static CorpusRow? Find(DbConnection connection, string id) =>
        connection.Query(Columns + " WHERE id = @id", Row, ("@id", id)).FirstOrDefault();

    private static DbConnection Require(DbConnection connection, int limit) =>
        limit > 0 && connection.Query("SELECT count(*) FROM corpora", static row => row.GetInt64(0))[0] >= limit
            ? throw LimitFault.Corpora(limit)
            : connection;

    private static CorpusRow Row(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)), reader.GetString(3))
        {
            Retention = TimeSpan.FromMilliseconds(reader.GetInt64(4)),
            Given = reader.IsDBNull(5) ? null : new DeclaredEmbeddings((int)reader.GetInt64(5), reader.GetString(6)),
        };
}
