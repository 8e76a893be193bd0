using System.Data.Common;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The documents of each corpus as a totally ordered log that several servers share: numbered entries from 1, each with the records of one
/// group of appends, or without records for an erasure of documents. The log is the truth; the document file of a server is a replica, a
/// function of the log alone. A server without this port has the truth in its document files. Thread-safe.
/// <para>
/// An erased document is hidden first: its place is known, and its record is there. When the records are replaced by others without it,
/// the log gets another id (<see cref="LogIds"/>), so that every replica of the earlier id is known to be outdated.
/// </para>
/// </summary>
internal interface ICorpusLog
{
    /// <summary>Adds the empty log of a new corpus, in the transaction that adds the row of the corpus.</summary>
    void Add(DbConnection connection, string corpusId);

    /// <summary>Finds the log of a corpus as it is at the time of the call.</summary>
    /// <returns>Null if the corpus does not exist.</returns>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    Task<CorpusLogState?> FindAsync(string corpusId, CancellationToken cancellationToken);

    /// <summary>Returns the totals of all corpora, by id.</summary>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    Task<IReadOnlyDictionary<string, DocumentTotals>> ReadTotalsAsync(CancellationToken cancellationToken);

    /// <summary>Reads the places of the erased documents that are still in the records of a log.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The places; null if the log has another id by now, or was removed.</returns>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    Task<IReadOnlySet<int>?> ReadErasedAsync(string corpusId, string logId, CancellationToken cancellationToken);

    /// <summary>Lists the entries after a number, in order.</summary>
    /// <param name="logId">Id of the log.</param>
    /// <param name="after">Number of the entry before the first; 0 for the first entries.</param>
    /// <param name="count">Most entries.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entries; none if the log has another id by now, or was removed.</returns>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    Task<IReadOnlyList<CorpusLogEntry>> ListAsync(string logId, long after, int count, CancellationToken cancellationToken);

    /// <summary>Reads the records of an entry and verifies them.</summary>
    /// <exception cref="InvalidDataException">The records are missing or damaged.</exception>
    /// <exception cref="IOException">The store of the records fails.</exception>
    Task<IReadOnlyList<byte[]>> ReadAsync(CorpusLogEntry entry, CancellationToken cancellationToken);

    /// <summary>Makes the caller the owner of an ingest session; an earlier owner, at any server, can append no more.</summary>
    /// <returns>Number of the owner, which no other owner has; null if the corpus does not exist.</returns>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    Task<long?> OpenSessionAsync(string corpusId, string sessionId, CancellationToken cancellationToken);

    /// <summary>Ends the ownership of a session; an owner that was replaced changes nothing.</summary>
    /// <exception cref="Errors.ServiceException">The database fails.</exception>
    Task CloseSessionAsync(string corpusId, string sessionId, long owner, CancellationToken cancellationToken);

    /// <summary>Stores records that the log does not list yet.</summary>
    /// <param name="records">The records and the place for which they were planned.</param>
    /// <param name="earlier">Records of a rejected attempt; the result when they are equal and still usable.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The stored records.</returns>
    /// <exception cref="IOException">The store of the records fails.</exception>
    Task<StoredRecords> StoreAsync(PlannedRecords records, StoredRecords? earlier, CancellationToken cancellationToken);

    /// <summary>Appends stored records to the log if it ends where they were planned and their sessions have the same owners.</summary>
    /// <param name="records">The records and their place.</param>
    /// <param name="stored">The same, as they are stored.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    /// <exception cref="Errors.ServiceException">The database fails; the entry may exist nevertheless.</exception>
    Task<LogAppend> AppendAsync(PlannedRecords records, StoredRecords stored, CancellationToken cancellationToken);

    /// <summary>Appends an erasure to the log if it ends where the erasure was planned.</summary>
    /// <param name="erasure">The erasure.</param>
    /// <param name="addRow">Adds the row of the erasure, with the places, in the transaction of the entry.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    /// <returns>Whether the entry exists now.</returns>
    /// <exception cref="Errors.ServiceException">The database fails; the entry may exist nevertheless.</exception>
    Task<bool> EraseAsync(PlannedErasure erasure, Action<DbConnection> addRow, CancellationToken cancellationToken);
}
