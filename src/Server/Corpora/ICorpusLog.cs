using System.Data.Common;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The documents of each corpus as a totally ordered log that several servers share: numbered entries from 1, each with the records of one
/// group of appends. The log is the truth; the document file of a server is a replica, a function of the log alone. A server without this
/// port has the truth in its document files. Thread-safe.
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

    /// <summary>Lists the entries after a number, in order.</summary>
    /// <param name="logId">Id of the log.</param>
    /// <param name="after">Number of the entry before the first; 0 for the first entries.</param>
    /// <param name="count">Most entries.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entries; none if the log has been removed.</returns>
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
}
