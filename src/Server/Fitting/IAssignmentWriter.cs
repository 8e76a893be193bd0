namespace TopicGrpc.Server.Fitting;

/// <summary>Adds documents to an assignment, for one run of a job. Not thread-safe.</summary>
internal interface IAssignmentWriter
{
    /// <summary>Visits the documents that were assigned since the last call; the first call visits all.</summary>
    /// <param name="visit">Receives each document, perhaps more than once.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    Task CatchUpAsync(Action<AssignedDocument> visit, CancellationToken cancellationToken);

    /// <summary>Appends documents; they are durable when the call returns true. The first call creates the assignment.</summary>
    /// <param name="documents">
    /// Documents that the assignment does not have, at most <see cref="AssignmentCodec.MaxDocuments"/>; may be empty.
    /// </param>
    /// <param name="cancellationToken">Ends the call before the documents are stored.</param>
    /// <returns>
    /// False if another run has changed the assignment since <see cref="CatchUpAsync"/>: nothing was stored, and the caller catches up.
    /// </returns>
    Task<bool> TryAppendAsync(ReadOnlyMemory<AssignedDocument> documents, CancellationToken cancellationToken);
}
