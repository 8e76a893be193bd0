using System.Data.Common;
using System.Runtime.InteropServices;
using Google.Protobuf;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The rows of erasures. Running ones are also in memory, because every read of a corpus leaves their documents out. Thread-safe; rows of
/// one corpus are added on the disk thread of the corpus.
/// </summary>
internal sealed class ErasureTable : IRunningErasures
{
    private const string Columns = "SELECT corpus, request_id, file_id, places, erasure_message FROM erasures";

    private readonly MetadataDatabase _database;
    private readonly Lock _gate = new();
    private readonly List<ErasureRow> _running;

    public ErasureTable(MetadataDatabase database)
    {
        _database = database;
        _running = database.Read(static connection => connection.Query(Columns + " WHERE places IS NOT NULL ORDER BY ordinal", Row));
    }

    /// <summary>Returns the running erasures, oldest first.</summary>
    public IReadOnlyList<ErasureRow> Running()
    {
        lock (_gate)
        {
            return [.. _running];
        }
    }

    /// <inheritdoc/>
    public bool IsRunning(string corpusId) => Running().Any(row => row.Corpus == corpusId);

    /// <inheritdoc/>
    public HashSet<int> PlacesOf(string corpusId, string fileId) =>
        [.. Running().Where(row => row.Corpus == corpusId && row.FileId == fileId).SelectMany(static row => row.Places)];

    /// <summary>Finds the receipt of an erasure.</summary>
    /// <returns>Null if there is none.</returns>
    public Task<Erasure?> FindAsync(string name, CancellationToken cancellationToken) => FirstAsync(
        "WHERE name = @name", ("@name", name), cancellationToken);

    /// <summary>Finds the erasure that a request started.</summary>
    /// <returns>Null if there is none.</returns>
    public async Task<Erasure?> FindByRequestAsync(string corpusId, string requestId, CancellationToken cancellationToken) =>
        requestId.Length == 0 ? null : await FirstAsync(
            "WHERE request_id = @request", ("@request", corpusId + "/" + requestId), cancellationToken);

    /// <summary>Adds an erasure, and deletes the oldest receipts of ended ones beyond a limit.</summary>
    /// <param name="row">The erasure.</param>
    /// <param name="maxStored">Most rows; 0: no limit. Running erasures are never deleted.</param>
    public void Add(ErasureRow row, int maxStored)
    {
        bool isRunning = row.Receipt.State == Erasure.Types.State.Running;
        _database.Write(connection =>
        {
            connection.Execute(
                """
                INSERT INTO erasures (name, corpus, request_id, file_id, places, erasure_message)
                VALUES (@name, @corpus, @request, @file, @places, @message)
                """,
                ("@name", row.Receipt.Name),
                ("@corpus", row.Corpus),
                ("@request", row.RequestId.Length == 0 ? null : row.Corpus + "/" + row.RequestId),
                ("@file", row.FileId),
                ("@places", isRunning ? MemoryMarshal.AsBytes(row.Places.AsSpan()).ToArray() : null),
                ("@message", row.Receipt.ToByteArray()));
            return maxStored == 0 ? 0 : connection.Execute(
                """
                DELETE FROM erasures WHERE places IS NULL
                    AND ordinal <= (SELECT ordinal FROM erasures ORDER BY ordinal DESC LIMIT 1 OFFSET @count)
                """,
                ("@count", maxStored));
        });
        if (isRunning)
        {
            lock (_gate)
            {
                _running.Add(row);
            }
        }
    }

    /// <summary>Stores the receipt of a running erasure.</summary>
    public Task SaveAsync(Erasure receipt) => _database.WriteAsync(
        connection => connection.Execute(
            "UPDATE erasures SET erasure_message = @message WHERE name = @name",
            ("@message", receipt.ToByteArray()),
            ("@name", receipt.Name)),
        CancellationToken.None);

    /// <summary>Stores the receipts of erasures that have ended, and forgets the places of their documents.</summary>
    public async Task EndAsync(IReadOnlyList<Erasure> receipts)
    {
        await _database.WriteAsync(
            connection =>
            {
                foreach (Erasure receipt in receipts)
                {
                    connection.Execute(
                        "UPDATE erasures SET erasure_message = @message, places = NULL WHERE name = @name",
                        ("@message", receipt.ToByteArray()),
                        ("@name", receipt.Name));
                }

                return receipts.Count;
            },
            CancellationToken.None);
        HashSet<string> ended = [.. receipts.Select(static receipt => receipt.Name)];
        lock (_gate)
        {
            _running.RemoveAll(row => ended.Contains(row.Receipt.Name));
        }
    }

    private async Task<Erasure?> FirstAsync(string where, (string Name, object? Value) key, CancellationToken cancellationToken) =>
        (await _database.ReadAsync(
            connection => connection.Query($"{Columns} {where}", Row, key),
            cancellationToken)).FirstOrDefault()?.Receipt;

    private static ErasureRow Row(DbDataReader reader) => new(
        reader.GetString(0),
        reader.IsDBNull(1) ? string.Empty : reader.GetString(1)[(reader.GetString(1).IndexOf('/', StringComparison.Ordinal) + 1)..],
        reader.GetString(2),
        MemoryMarshal.Cast<byte, int>(reader.Bytes(3) ?? []).ToArray(),
        Erasure.Parser.ParseFrom(reader.GetFieldValue<byte[]>(4)));
}
