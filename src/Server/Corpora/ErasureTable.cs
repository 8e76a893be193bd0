using System.Data.Common;
using System.Runtime.InteropServices;
using Google.Protobuf;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The rows of erasures. Running ones are also in memory, because every read of a corpus leaves their documents out; a replica of a shared
/// log knows them from the log. Thread-safe; on a single server, rows of one corpus are added on the disk thread of the corpus.
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

    /// <summary>Reads the places of the documents that are hidden in a document file.</summary>
    public static IReadOnlySet<int> ReadPlaces(DbConnection connection, string corpusId, string fileId) => connection.Query(
        "SELECT places FROM erasures WHERE corpus = @corpus AND file_id = @file AND places IS NOT NULL",
        static row => Places(row, 0),
        ("@corpus", corpusId),
        ("@file", fileId)).SelectMany(static places => places).ToHashSet();

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
    /// <exception cref="RequestRepeatedException">The request has started an erasure already.</exception>
    public void Add(ErasureRow row, int maxStored)
    {
        _database.Write(connection =>
        {
            Add(connection, row, maxStored);
            return true;
        });
        Added(row);
    }

    /// <summary>Adds the row of an erasure in a transaction of the caller; <see cref="Added"/> follows its commit.</summary>
    /// <exception cref="RequestRepeatedException">The request has started an erasure already.</exception>
    public static void Add(DbConnection connection, ErasureRow row, int maxStored)
    {
        string? request = row.RequestId.Length == 0 ? null : row.Corpus + "/" + row.RequestId;
        if (request is not null && connection.Query(
            "SELECT 1 FROM erasures WHERE request_id = @request", static found => true, ("@request", request)).Count > 0)
        {
            throw new RequestRepeatedException();
        }

        connection.Execute(
            """
            INSERT INTO erasures (name, corpus, request_id, file_id, places, erasure_message)
            VALUES (@name, @corpus, @request, @file, @places, @message)
            """,
            ("@name", row.Receipt.Name),
            ("@corpus", row.Corpus),
            ("@request", request),
            ("@file", row.FileId),
            ("@places", IsRunningState(row) ? MemoryMarshal.AsBytes(row.Places.AsSpan()).ToArray() : null),
            ("@message", row.Receipt.ToByteArray()));
        if (maxStored > 0)
        {
            connection.Execute(
                """
                DELETE FROM erasures WHERE places IS NULL
                    AND ordinal <= (SELECT ordinal FROM erasures ORDER BY ordinal DESC LIMIT 1 OFFSET @count)
                """,
                ("@count", maxStored));
        }
    }

    /// <summary>Takes over the row of an erasure that was committed.</summary>
    public void Added(ErasureRow row)
    {
        lock (_gate)
        {
            // A refresh may have read the row already.
            if (IsRunningState(row) && !_running.Exists(known => known.Receipt.Name == row.Receipt.Name))
            {
                _running.Add(row);
            }
        }
    }

    /// <summary>Reads the running erasures again, because another server has changed them.</summary>
    /// <param name="corpora">Ids of their corpora; null: all.</param>
    /// <param name="cancellationToken">Cancels the read before it starts.</param>
    /// <returns>All running erasures as they are stored now.</returns>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    public async Task<IReadOnlyList<ErasureRow>> RefreshAsync(IReadOnlySet<string>? corpora, CancellationToken cancellationToken)
    {
        List<ErasureRow> stored = await _database.ReadAsync(
            static connection => connection.Query(Columns + " WHERE places IS NOT NULL ORDER BY ordinal", Row), cancellationToken);
        lock (_gate)
        {
            // A row that this server has added after the read started is of another corpus, or the next refresh reads it.
            _running.RemoveAll(row => corpora is null || corpora.Contains(row.Corpus));
            _running.AddRange(stored.Where(row => corpora is null || corpora.Contains(row.Corpus)));
        }

        return stored;
    }

    /// <summary>Stores the receipt of a running erasure.</summary>
    public Task SaveAsync(Erasure receipt) => _database.WriteAsync(
        connection => connection.Execute(
            "UPDATE erasures SET erasure_message = @message WHERE name = @name AND places IS NOT NULL",
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
                        "UPDATE erasures SET erasure_message = @message, places = NULL WHERE name = @name AND places IS NOT NULL",
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

    private static bool IsRunningState(ErasureRow row) => row.Receipt.State == Erasure.Types.State.Running;

    private async Task<Erasure?> FirstAsync(string where, (string Name, object? Value) key, CancellationToken cancellationToken) =>
        (await _database.ReadAsync(
            connection => connection.Query($"{Columns} {where}", Row, key),
            cancellationToken)).FirstOrDefault()?.Receipt;

    private static ErasureRow Row(DbDataReader reader) => new(
        reader.GetString(0),
        reader.IsDBNull(1) ? string.Empty : reader.GetString(1)[(reader.GetString(1).IndexOf('/', StringComparison.Ordinal) + 1)..],
        reader.GetString(2),
        Places(reader, 3),
        Erasure.Parser.ParseFrom(reader.GetFieldValue<byte[]>(4)));

    private static int[] Places(DbDataReader reader, int column) =>
        MemoryMarshal.Cast<byte, int>(reader.Bytes(column) ?? []).ToArray();
}
