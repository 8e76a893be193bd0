using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>The rows of assignments and their blocks. Each method is one transaction. Thread-safe.</summary>
internal interface IAssignmentRows
{
    /// <summary>Finds an assignment.</summary>
    /// <returns>Null if the version has not assigned the corpus.</returns>
    Task<SharedAssignment?> FindAsync(AssignmentName name, CancellationToken cancellationToken);

    /// <summary>Finds an assignment by its id.</summary>
    /// <returns>Null if it was deleted.</returns>
    Task<SharedAssignment?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Finds an assignment for a run, and adds it if there is none.</summary>
    /// <returns>Null if the corpus or the version does not exist.</returns>
    /// <exception cref="ClaimLostException">The run does not own its job any more.</exception>
    Task<SharedAssignment?> FindOrAddAsync(AssignmentName name, FitJob job, CancellationToken cancellationToken);

    /// <summary>Lists the assignments of a corpus.</summary>
    Task<IReadOnlyList<(string Id, AssignmentName Name)>> ListAsync(string corpusId, CancellationToken cancellationToken);

    /// <summary>Lists blocks in order.</summary>
    /// <param name="id">Id of the assignment.</param>
    /// <param name="after">Number of a block; the list starts behind it.</param>
    /// <param name="count">Most blocks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<AssignmentBlock>> ListBlocksAsync(string id, long after, int count, CancellationToken cancellationToken);

    /// <summary>Finds a block.</summary>
    /// <returns>Null if it was removed, or its assignment was deleted.</returns>
    Task<AssignmentBlock?> FindBlockAsync(string id, long number, CancellationToken cancellationToken);

    /// <summary>Adds a block of a run, as the next change.</summary>
    /// <param name="assignment">The assignment as the run has read it.</param>
    /// <param name="block">The block, with the number of the next change.</param>
    /// <param name="job">The job of the run.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    /// <returns>False if the assignment has had other changes meanwhile, or was deleted.</returns>
    /// <exception cref="ClaimLostException">The run does not own its job any more.</exception>
    Task<bool> TryAddAsync(SharedAssignment assignment, AssignmentBlock block, FitJob job, CancellationToken cancellationToken);

    /// <summary>Removes a block whose object is lost, for a run that assigns its documents again.</summary>
    /// <exception cref="ClaimLostException">The run does not own its job any more.</exception>
    Task RemoveLostAsync(string id, long number, FitJob job, CancellationToken cancellationToken);

    /// <summary>Replaces the object of a block, or removes the block, as the next change.</summary>
    /// <param name="assignment">The assignment as it was read before the block.</param>
    /// <param name="number">Number of the block.</param>
    /// <param name="next">The block with its new object; null: it has no documents any more.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    /// <returns>False if the assignment has had other changes meanwhile, or was deleted.</returns>
    Task<bool> TryReplaceAsync(SharedAssignment assignment, long number, AssignmentBlock? next, CancellationToken cancellationToken);

    /// <summary>Takes the number of a change, so that no change that is prepared takes effect.</summary>
    Task AdvanceAsync(string id, CancellationToken cancellationToken);

    /// <summary>Returns those of some keys that a row names, and the last changes of those assignments that exist, by id.</summary>
    Task<(IReadOnlySet<string> Named, IReadOnlyDictionary<string, long> Changes)> FindUsedAsync(
        string[] keys, string[] ids, CancellationToken cancellationToken);
}
