using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Members;

/// <summary>
/// Keeps copies of rows of the metadata database up to date when other members change the rows. All changes of a cluster are numbered in
/// the order of their commits. Thread-safe.
/// </summary>
internal interface IChangeFeed
{
    /// <summary>Whether other members may change rows. If not, every method returns at once, and copies are never refreshed.</summary>
    bool IsShared { get; }

    /// <summary>
    /// Whether this member has read the changes within the last seconds. If not, what its copies lack may exist.
    /// </summary>
    bool IsCurrent { get; }

    /// <summary>
    /// Adds a copy of rows of a kind (<see cref="ChangeKinds"/>). Called before the server listens. The copy is refreshed as a whole
    /// before the server listens, and then after each change.
    /// </summary>
    void Register(string kind, CopyRefresh refresh);

    /// <summary>
    /// Completes when the copies of a kind have everything that was committed before the call. A caller of the refresh that holds a lock
    /// of the copy would wait for itself.
    /// </summary>
    /// <exception cref="ServiceException">The database is unavailable, or a copy cannot be refreshed in time.</exception>
    Task CatchUpAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Catches up as the other overload, unless the copies have a change already.</summary>
    /// <param name="kind">Kind of the copies.</param>
    /// <param name="atLeast">Number of the change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceException">The database is unavailable, or a copy cannot be refreshed in time.</exception>
    Task CatchUpAsync(string kind, long atLeast, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when the copies of all members have everything that was committed before the call. A member that is declared dead is not
    /// awaited: it cannot change anything any more.
    /// </summary>
    /// <returns>Members that were still behind when the time limit ended; empty: none.</returns>
    /// <exception cref="ServiceException">The database is unavailable.</exception>
    Task<IReadOnlyList<string>> WaitForAllAsync(CancellationToken cancellationToken);
}
