namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Topics of the documents of corpora by versions: in the data folder of a single server, or shared by the members of a cluster.
/// Thread-safe.
/// </summary>
internal interface IAssignmentStore
{
    /// <summary>Returns whether a version has assigned documents of a corpus.</summary>
    Task<bool> ExistsAsync(AssignmentName name, CancellationToken cancellationToken);

    /// <summary>Visits documents in the order in which they were assigned, with few blocks in memory.</summary>
    /// <param name="name">The assignment; one that does not exist has no documents.</param>
    /// <param name="first">Number of documents to skip.</param>
    /// <param name="visit">Receives documents; returns false to stop.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <exception cref="Errors.ServiceException">A block is lost, or the storage fails.</exception>
    Task VisitAsync(AssignmentName name, long first, Func<AssignedDocument, bool> visit, CancellationToken cancellationToken);

    /// <summary>Returns what adds the documents of a run.</summary>
    /// <param name="name">The assignment.</param>
    /// <param name="job">The job of the run. A run that no longer owns its job stores nothing.</param>
    IAssignmentWriter OpenWriter(AssignmentName name, FitJob job);

    /// <summary>Removes documents of a corpus from the assignments of all versions.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="erased">Ids of the documents.</param>
    /// <param name="cancellationToken">Stops between two blocks; a repeated call removes the rest.</param>
    Task RemoveDocumentsAsync(string corpusId, IReadOnlySet<string> erased, CancellationToken cancellationToken);

    /// <summary>Removes the assignments of versions that do not exist, for all corpora.</summary>
    /// <param name="exists">Returns whether a model has a version.</param>
    Task RemoveUnusedAsync(Func<string, long, bool> exists);

    /// <summary>Writes the assignments of a corpus that its folder lacks as files for a backup.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="staging">Folder of the new files.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Name that each file has in the folder of the corpus, and the path of the file.</returns>
    Task<IReadOnlyList<(string Name, string Path)>> StageAsync(string corpusId, string staging, CancellationToken cancellationToken);

    /// <summary>Reads the assignments of a corpus that its folder lacks. Called on a thread that may wait.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="report">Receives each problem.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Number of bytes that were read.</returns>
    /// <exception cref="IOException">The storage failed.</exception>
    long Verify(string corpusId, Action<string> report, CancellationToken cancellationToken);
}
