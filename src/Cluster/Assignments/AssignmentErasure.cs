using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// Removes documents from assignments: replaces the blocks that have some of them, and deletes the replaced objects. Several members may
/// do so at the same time, and a repeated call removes the rest.
/// </summary>
internal sealed class AssignmentErasure(IAssignmentRows rows, BlockStore blocks, AssignmentSweep sweep)
{
    /// <summary>Removes documents from the assignments of a corpus.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="erased">Ids of the documents. No run that has read them owns its job any more.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public async Task RunAsync(string corpusId, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        foreach ((string id, _) in await rows.ListAsync(corpusId, cancellationToken))
        {
            await foreach (AssignmentBlock block in blocks.ListAsync(id, after: 0, cancellationToken))
            {
                while (!await TryRemoveAsync(id, block.Number, erased, cancellationToken))
                {
                }
            }

            // A block with the documents that is written now does not take effect, and the sweep deletes it.
            await rows.AdvanceAsync(id, cancellationToken);
            await sweep.RunAsync(AssignmentKeys.PrefixOf(id), cancellationToken);
        }
    }

    /// <returns>False if the assignment was changed meanwhile; nothing was changed here.</returns>
    private async Task<bool> TryRemoveAsync(
        string id, long number, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync(id, cancellationToken) is not { } assignment
            || await rows.FindBlockAsync(id, number, cancellationToken) is not { } block
            || await ReadAsync(id, block, cancellationToken) is not { } documents)
        {
            return true;
        }

        AssignedDocument[] left = [.. documents.Where(document => !erased.Contains(document.Id))];
        if (left.Length > 0 && left.Length == documents.Length)
        {
            return true;
        }

        AssignmentBlock? next = left.Length == 0
            ? null
            : await blocks.WriteAsync(id, assignment.Changes + 1, number, left, cancellationToken);
        return await rows.TryReplaceAsync(assignment, number, next, cancellationToken);
    }

    /// <returns>
    /// Null if the block was removed meanwhile. None if its object is lost: the next run of a job assigns its other documents again.
    /// </returns>
    private async Task<AssignedDocument[]?> ReadAsync(string id, AssignmentBlock block, CancellationToken cancellationToken)
    {
        try
        {
            return (await blocks.ReadAsync(id, block, cancellationToken))?.Documents;
        }
        catch (LostBlockException)
        {
            return [];
        }
    }
}
