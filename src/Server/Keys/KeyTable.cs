using System.Data.Common;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Keys;

/// <summary>Rows of keys in the metadata database.</summary>
internal sealed class KeyTable(MetadataDatabase database)
{
    private const string Columns = "id, created, secret_sha256, previous_sha256, previous_until, revoked, last_used, key_message";

    /// <summary>Runs work on the thread of the database.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => database.RunAsync(work, cancellationToken);

    /// <summary>Reads all keys.</summary>
    public List<KeyRow> List() => database.Read(static connection => connection.Query($"SELECT {Columns} FROM keys", Row));

    /// <summary>Reads keys again that another member may have changed.</summary>
    /// <param name="ids">Ids of the keys; null: all.</param>
    /// <param name="cancellationToken">Cancels the read before it starts.</param>
    public Task<List<KeyRow>> ListAsync(IReadOnlySet<string>? ids, CancellationToken cancellationToken) => database.ReadAsync(
        connection => ids is null
            ? connection.Query($"SELECT {Columns} FROM keys", Row)
            : [.. ids.Select(id => Find(connection, id)).OfType<KeyRow>()],
        cancellationToken);

    /// <summary>Adds a key.</summary>
    /// <param name="row">The key.</param>
    /// <param name="limit">Most keys.</param>
    /// <exception cref="ServiceException">There are too many keys.</exception>
    public void Add(KeyRow row, int limit) => database.Write(connection =>
        connection.Query("SELECT count(*) FROM keys", static row => row.GetInt64(0))[0] >= limit
            ? throw AccessFault.TooManyKeys(limit)
            : Save(connection, row));

    /// <summary>Changes a key.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">Returns the new row of the stored one; the same row: no change.</param>
    /// <returns>The row after the change; null if there is no such key.</returns>
    public KeyRow? TryChange(string id, Func<KeyRow, KeyRow> change) => database.Write(connection =>
    {
        if (Find(connection, id) is not { } stored)
        {
            return null;
        }

        KeyRow changed = change(stored);
        if (!ReferenceEquals(changed, stored))
        {
            Save(connection, changed);
        }

        return changed;
    });

    /// <summary>Stores the last use of keys.</summary>
    public void SaveLastUses(IReadOnlyCollection<(string Id, DateTimeOffset Time)> uses) => database.Write(connection =>
    {
        foreach ((string id, DateTimeOffset time) in uses)
        {
            connection.Execute(
                "UPDATE keys SET last_used = @time WHERE id = @id AND coalesce(last_used, 0) < @time",
                ("@time", time.ToUnixTimeMilliseconds()),
                ("@id", id));
        }

        return uses.Count;
    });

    private static KeyRow? Find(DbConnection connection, string id) =>
        connection.Query($"SELECT {Columns} FROM keys WHERE id = @id", Row, ("@id", id)).FirstOrDefault();

    private static int Save(DbConnection connection, KeyRow row) => connection.Execute(
        $"""
        INSERT INTO keys ({Columns}) VALUES (@id, @created, @secret, @previous, @until, @revoked, @used, @key)
        ON CONFLICT (id) DO UPDATE SET created = @created, secret_sha256 = @secret, previous_sha256 = @previous,
            previous_until = @until, revoked = @revoked, last_used = @used, key_message = @key
        """,
        ("@id", row.Id),
        ("@created", row.Created.ToUnixTimeMilliseconds()),
        ("@secret", row.SecretHash),
        ("@previous", row.PreviousHash),
        ("@until", row.PreviousUntil?.ToUnixTimeMilliseconds()),
        ("@revoked", row.Revoked?.ToUnixTimeMilliseconds()),
        ("@used", row.LastUsed?.ToUnixTimeMilliseconds()),
        ("@key", Google.Protobuf.MessageExtensions.ToByteArray(row.Settings)));

    private static KeyRow Row(DbDataReader row) => new(
        row.GetString(0),
        Time(row, 1)!.Value,
        row.Bytes(2)!,
        ApiKey.Parser.ParseFrom(row.Bytes(7)))
    {
        PreviousHash = row.Bytes(3),
        PreviousUntil = Time(row, 4),
        Revoked = Time(row, 5),
        LastUsed = Time(row, 6),
    };

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
