using TopicGrpc.Cluster.Versions;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// Appends blocks to an assignment that members share. The transaction of a block checks the claim of the job, so a run that lost its job
/// stores nothing, and the number of the last change that the run has seen, so that no document is assigned twice.
/// </summary>
internal sealed class SharedAssignmentWriter(
    AssignmentName name, FitJob job, IAssignmentRows rows, BlockStore blocks, StoreWait wait) : IAssignmentWriter
{
    private SharedAssignment? _assignment;
    private long _lastBlock;

    /// <summary>Visits the blocks that this run has not seen. A lost block is removed: its documents are assigned again.</summary>
    /// <inheritdoc/>
    public async Task CatchUpAsync(Action<AssignedDocument> visit, CancellationToken cancellationToken)
    {
        while (await rows.FindAsync(name, cancellationToken) is { } found)
        {
            if (found.Id != _assignment?.Id)
            {
                _lastBlock = 0;
            }

            // A block that is added after the row was read counts as seen; a later change without a block does not.
            _assignment = found;
            if (await TryVisitAsync(found.Id, visit, cancellationToken))
            {
                _assignment = found with { Changes = Math.Max(found.Changes, _lastBlock) };
                return;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryAppendAsync(ReadOnlyMemory<AssignedDocument> documents, CancellationToken cancellationToken)
    {
        _assignment ??= (await rows.FindOrAddAsync(name, job, cancellationToken) ?? throw Gone()) with { Changes = 0 };
        if (documents.IsEmpty)
        {
            return true;
        }

        SharedAssignment assignment = _assignment;
        long number = assignment.Changes + 1;
        AssignmentBlock block = await wait.RunAsync(
            name.CorpusName, () => blocks.WriteAsync(assignment.Id, number, number, documents, cancellationToken), cancellationToken);
        bool isAdded = await rows.TryAddAsync(assignment, block, job, cancellationToken);
        if (isAdded)
        {
            _assignment = assignment with { Changes = number };
            _lastBlock = number;
        }
        else if (await rows.FindAsync(name, cancellationToken) is null)
        {
            throw Gone();
        }

        return isAdded;
    }

    // A corpus cannot be deleted while a job assigns it.
    private ServiceException Gone() => Fault.VersionNotFound(name.ModelId, name.Version);

    /// <returns>False if a block was lost: it is removed now, and the visit continues behind it.</returns>
    private async Task<bool> TryVisitAsync(string id, Action<AssignedDocument> visit, CancellationToken cancellationToken)
    {
        bool Visit(AssignedDocument document)
        {
            visit(document);
            return true;
        }

        try
        {
            long after = _lastBlock;
            _lastBlock = await wait.RunAsync(
                name.CorpusName, () => blocks.VisitAsync(id, after, first: 0, Visit, cancellationToken), cancellationToken);
            return true;
        }
        catch (LostBlockException lost)
        {
            await rows.RemoveLostAsync(id, lost.Block.Number, job, cancellationToken);
            _lastBlock = lost.Block.Number;
            return false;
        }
    }
}
