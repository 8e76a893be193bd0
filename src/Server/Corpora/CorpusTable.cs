using System.Collections.Immutable;
using System.Data.Common;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The rows of corpora. They are few and small: reads use a copy in memory and never wait for the disk. Thread-safe; changes of one row
/// run on the disk thread of its corpus.
/// </summary>
internal sealed class CorpusTable(MetadataDatabase database, ICorpusLog? log = null)
{
    private ImmutableSortedDictionary<string, CorpusRow> _rows = database.Read(static connection => connection
        .Query("SELECT id, display_name, created, request_id, retention, given_dimension, given_encoder FROM corpora", Row)
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
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(CorpusRow row)
    {
        int added = database.Write(connection =>
        {
            int rows = connection.Execute(
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
            ImmutableInterlocked.Update(ref _rows, static (rows, row) => rows.SetItem(row.Id, row), row);
        }

        return added == 1;
    }

    /// <summary>Stores display name and retention of an existing row.</summary>
    /// <returns>Whether the row exists.</returns>
    public bool TryUpdate(CorpusRow row)
    {
        int updated = database.Write(connection => connection.Execute(
            "UPDATE corpora SET display_name = @name, retention = @retention WHERE id = @id",
            ("@id", row.Id),
            ("@name", row.DisplayName),
            ("@retention", (long)row.Retention.TotalMilliseconds)));
        if (updated == 1)
        {
            ImmutableInterlocked.Update(ref _rows, static (rows, row) => rows.SetItem(row.Id, row), row);
        }

        return updated == 1;
    }

    public bool Remove(string id)
    {
        int removed = database.Write(connection => connection.Execute("DELETE FROM corpora WHERE id = @id", ("@id", id)));
        ImmutableInterlocked.Update(ref _rows, static (rows, id) => rows.Remove(id), id);
        return removed == 1;
    }

    private static CorpusRow Row(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)), reader.GetString(3))
        {
            Retention = TimeSpan.FromMilliseconds(reader.GetInt64(4)),
            Given = reader.IsDBNull(5) ? null : new DeclaredEmbeddings((int)reader.GetInt64(5), reader.GetString(6)),
        };
}
