using System.Buffers.Binary;
using System.Data.Common;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>The suspect log in PostgreSQL.</summary>
internal sealed class PostgresSuspectLog(MetadataDatabase database) : ISuspectLog
{
    private const int KeyBytes = 16;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SuspectRecord>> ReadAsync(
        string corpusId, string encoder, CancellationToken cancellationToken) => await database.ReadAsync(
        connection => connection.Query(
            "SELECT attempt, worker, is_confirmed, text_keys FROM embedding_suspects "
            + "WHERE corpus = @corpus AND encoder = @encoder ORDER BY attempt",
            Record,
            ("@corpus", corpusId),
            ("@encoder", encoder)),
        cancellationToken);

    /// <inheritdoc/>
    public Task BeginAsync(string corpusId, string encoder, SuspectRecord record, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute(
                "INSERT INTO embedding_suspects (attempt, corpus, encoder, worker, is_confirmed, text_keys) "
                + "VALUES (@attempt, @corpus, @encoder, @worker, 0, @keys)",
                ("@attempt", record.Attempt),
                ("@corpus", corpusId),
                ("@encoder", encoder),
                ("@worker", record.Worker),
                ("@keys", Bytes(record.Keys))),
            cancellationToken);

    /// <inheritdoc/>
    public Task ConfirmAsync(Guid attempt, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE embedding_suspects SET is_confirmed = 1 WHERE attempt = @attempt", ("@attempt", attempt)),
        cancellationToken);

    /// <inheritdoc/>
    public Task EndAsync(Guid attempt, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute("DELETE FROM embedding_suspects WHERE attempt = @attempt", ("@attempt", attempt)),
        cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(string corpusId, IReadOnlySet<UInt128> kept, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            List<SuspectRecord> records = connection.Query(
                "SELECT attempt, worker, is_confirmed, text_keys FROM embedding_suspects WHERE corpus = @corpus",
                Record,
                ("@corpus", corpusId));
            foreach (SuspectRecord record in records.Where(record => !record.Keys.All(kept.Contains)))
            {
                connection.Execute("DELETE FROM embedding_suspects WHERE attempt = @attempt", ("@attempt", record.Attempt));
            }

            return records.Count;
        },
        cancellationToken);

    private static SuspectRecord Record(DbDataReader row) => new(
        row.GetGuid(0), row.GetString(1), Keys(row.Bytes(3)!), row.GetInt64(2) != 0);

    private static byte[] Bytes(IReadOnlyList<UInt128> keys)
    {
        byte[] bytes = new byte[keys.Count * KeyBytes];
        for (int i = 0; i < keys.Count; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(i * KeyBytes), keys[i]);
        }

        return bytes;
    }

    private static UInt128[] Keys(byte[] bytes)
    {
        var keys = new UInt128[bytes.Length / KeyBytes];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(i * KeyBytes));
        }

        return keys;
    }
}
