namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Which objects exist, and which publications and owners refer to them. Each call is one transaction.
/// <para>
/// A key consists of the hash of the content and the id of the publication that wrote it first. Publications share an object while a
/// reference to it exists or its grace time runs. When the object is condemned, its key is never reserved again: a deletion that arrives
/// late, from a member that was paused, deletes nothing that is in use. The ledger remembers ended publications for a day, so that a late
/// call does not open one again.
/// </para>
/// </summary>
internal interface IObjectLedger
{
    /// <summary>Begins a publication. A repeated or late call changes nothing, also after its end.</summary>
    /// <param name="publication">Id of the publication, 32 hexadecimal digits, made for this publication alone.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task BeginAsync(string publication, CancellationToken cancellationToken);

    /// <summary>Adds a reference to each content for an open publication. A repeated call changes nothing.</summary>
    /// <param name="publication">Id of the publication.</param>
    /// <param name="entries">The contents, each once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The keys, in the order of the contents.</returns>
    /// <exception cref="PublicationEndedException">The publication is not open.</exception>
    Task<IReadOnlyList<Reservation>> ReserveAsync(
        string publication, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken);

    /// <summary>Gives all references of a publication to an owner and marks their objects as stored.</summary>
    /// <param name="publication">Id of the publication.</param>
    /// <param name="owner">Name of what uses the objects from now on; unique, also among owners that were released.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// True if the owner has them now, also after a repeated call; false if the publication was abandoned or the owner has the objects of
    /// another publication.
    /// </returns>
    Task<bool> CommitAsync(string publication, string owner, CancellationToken cancellationToken);

    /// <summary>Ends a publication that will not be committed and removes its references. A committed publication is not changed.</summary>
    /// <param name="publication">Id of the publication.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task AbandonAsync(string publication, CancellationToken cancellationToken);

    /// <summary>Abandons publications that began a long time ago: their members have stopped.</summary>
    /// <param name="age">Least age.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Number of abandoned publications.</returns>
    Task<int> AbandonOlderAsync(TimeSpan age, CancellationToken cancellationToken);

    /// <summary>Removes the references of an owner, because it is deleted. A repeated call changes nothing.</summary>
    /// <param name="owner">Name of the owner.</param>
    /// <param name="grace">Time for which objects without other references stay; zero after an erasure of documents.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task ReleaseAsync(string owner, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Condemns objects without references whose grace time is over, and returns condemned objects.</summary>
    /// <param name="limit">Most objects that are returned.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Keys of condemned objects, also of those that an earlier sweep did not finish.</returns>
    Task<IReadOnlyList<string>> CondemnAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Removes condemned objects from the ledger after their deletion from the store.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Returns those of some keys under which an open publication may be writing.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<string>> FindPendingAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Returns those of some keys that the ledger does not list.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<string>> FindUnknownAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);
}
