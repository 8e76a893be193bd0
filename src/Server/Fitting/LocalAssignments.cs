using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>The assignments of a single server: files in the folders of the corpora.</summary>
internal sealed class LocalAssignments(AssignmentFiles files, DiskThreads threads) : IAssignmentStore
{
    /// <inheritdoc/>
    public Task<bool> ExistsAsync(AssignmentName name, CancellationToken cancellationToken) => Task.FromResult(files.Exists(name));

    /// <inheritdoc/>
    public Task VisitAsync(
        AssignmentName name, long first, Func<AssignedDocument, bool> visit, CancellationToken cancellationToken) => threads.ReadAsync(
        () =>
        {
            if (files.Exists(name))
            {
                files.Visit(name, first, visit, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public IAssignmentWriter OpenWriter(AssignmentName name, FitJob job) => new LocalAssignmentWriter(files, name);

    /// <inheritdoc/>
    public Task RemoveDocumentsAsync(string corpusId, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        // On the thread of the erasure, which removes the documents next.
        files.RemoveDocuments(corpusId, erased, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveUnusedAsync(Func<string, long, bool> exists) => threads.ReadAsync(
        () =>
        {
            files.RemoveUnused(exists);
            return true;
        },
        CancellationToken.None);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Name, string Path)>> StageAsync(
        string corpusId, string staging, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<(string, string)>>([]);

    /// <inheritdoc/>
    public long Verify(string corpusId, Action<string> report, CancellationToken cancellationToken) => 0;
}
