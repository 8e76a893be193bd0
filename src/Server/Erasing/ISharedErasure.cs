using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Erasing;

/// <summary>
/// What the erasure of documents needs from a cluster: one member at a time removes documents, from the files that all members share, and
/// waits until no member has anything of them. A server without this port removes them from its own files alone. Thread-safe.
/// </summary>
internal interface ISharedErasure
{
    /// <summary>
    /// Claims the removal of documents for this member, until it releases the claim, stops, or is declared dead. A repeated call keeps the
    /// claim.
    /// </summary>
    /// <returns>False if another member has the claim, or this one takes no work.</returns>
    /// <exception cref="ServiceException">The database fails.</exception>
    Task<bool> TryClaimAsync(CancellationToken cancellationToken);

    /// <summary>Releases the claim, so that another member may continue.</summary>
    /// <exception cref="ServiceException">The database fails.</exception>
    Task ReleaseAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the records of a log that contain erased documents, in one step, after which the log has another id. Every step before can
    /// be repeated by any member.
    /// </summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="logId">Id of the log, to which the places refer.</param>
    /// <param name="places">Places of all erased documents in the log.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>False if further documents were erased meanwhile, or the log was replaced; no acknowledged document has changed.</returns>
    /// <exception cref="ServiceException">Database or store fail.</exception>
    Task<bool> RewriteAsync(string corpusId, string logId, IReadOnlySet<int> places, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the replaced objects, and waits until every live member has removed the documents from its files. A member that is declared
    /// dead is not awaited: it removes them when it starts again.
    /// </summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceException">Database or store fail, or a member is behind when the time limit ends.</exception>
    Task CompleteAsync(string corpusId, CancellationToken cancellationToken);
}
