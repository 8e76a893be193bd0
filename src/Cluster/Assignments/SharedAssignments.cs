using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Cluster.Versions;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// Assignments that members share: the order of the blocks in PostgreSQL, their documents in the object store. Nothing is in the data
/// folder of a member.
/// </summary>
internal sealed class SharedAssignments(
    MetadataDatabase database,
    BlockStore blocks,
    AssignmentSweep sweep,
    DataFolder folder,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<SharedAssignments> logger) : IAssignmentStore
{
    // As for a version: an outage of the store delays a job before it fails.
    private readonly StoreWait _wait = new(options.Value.PublicationTimeout / 2, clock, logger);

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(AssignmentName name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) is not null;

    /// <inheritdoc/>
    public async Task VisitAsync(
        AssignmentName name, long first, Func<AssignedDocument, bool> visit, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not { } assignment)
        {
            return;
        }

        try
        {
            await blocks.VisitAsync(assignment.Id, after: 0, first, visit, cancellationToken);
        }
        catch (LostBlockException lost)
        {
            Log.BlockLost(logger, lost, name.CorpusName, name.VersionName);
            throw Fault.AssignmentDamaged(name.CorpusName, name.VersionName, lost);
        }
        catch (ObjectStoreException failure)
        {
            throw Fault.AssignmentUnavailable(name.CorpusName, name.VersionName, failure);
        }
    }

    /// <inheritdoc/>
    public IAssignmentWriter OpenWriter(AssignmentName name, FitJob job) =>
        new SharedAssignmentWriter(name, job, database, blocks, _wait);

    /// <summary>
    /// Replaces the blocks that have some of the documents, and deletes the replaced objects. A block that is written meanwhile for an
    /// older state does not take effect.
    /// </summary>
    /// <inheritdoc/>
    public async Task RemoveDocumentsAsync(string corpusId, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        foreach ((string id, _) in await ListAsync(corpusId, cancellationToken))
        {
            await foreach (AssignmentBlock block in blocks.ListAsync(id, after: 0, cancellationToken))
            {
                while (!await TryRemoveAsync(id, block, erased, cancellationToken))
                {
                }
            }

            await database.WriteAsync(
                connection =>
                {
                    AssignmentTable.Advance(connection, id);
                    return true;
                },
                cancellationToken);
            await sweep.RunAsync(AssignmentKeys.PrefixOf(id), cancellationToken);
        }
    }

    /// <summary>Does nothing: the rows are deleted with the row of their version, and the sweep deletes the objects.</summary>
    /// <inheritdoc/>
    public Task RemoveUnusedAsync(Func<string, long, bool> exists) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Name, string Path)>> StageAsync(
        string corpusId, string staging, CancellationToken cancellationToken)
    {
        List<(string, string)> files = [];
        foreach ((string id, AssignmentName name) in await ListAsync(corpusId, cancellationToken))
        {
            string path = Path.Combine(staging, id + ".bin");
            using IStoredFile file = folder.Files.Open(path, FileMode.Create, FileAccess.ReadWrite);
            long end = AssignmentFiles.Write(file, 0, []);
            await foreach (AssignmentBlock block in blocks.ListAsync(id, after: 0, cancellationToken))
            {
                try
                {
                    end = AssignmentFiles.Write(
                        file, end, (await blocks.ReadAsync(id, block, cancellationToken))?.Documents ?? []);
                }
                catch (LostBlockException lost)
                {
                    // A server with the backup assigns the documents again.
                    Log.BlockLost(logger, lost, name.CorpusName, name.VersionName);
                }
            }

            files.Add((AssignmentFiles.NameOf(name.ModelId, name.Version), path));
        }

        return files;
    }

    /// <inheritdoc/>
    public long Verify(string corpusId, Action<string> report, CancellationToken cancellationToken) =>
        VerifyAsync(corpusId, report, cancellationToken).GetAwaiter().GetResult(); // On a thread that may wait.

    private async Task<long> VerifyAsync(string corpusId, Action<string> report, CancellationToken cancellationToken)
    {
        long bytes = 0;
        foreach ((string id, AssignmentName name) in await ListAsync(corpusId, cancellationToken))
        {
            bytes += await blocks.VerifyAsync(
                id,
                message => report($"Some topics by '{name.VersionName}' are lost; the next AssignCorpus assigns them again. {message}"),
                cancellationToken);
        }

        return bytes;
    }

    private Task<SharedAssignment?> FindAsync(AssignmentName name, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AssignmentTable.Find(connection, name), cancellationToken);

    private Task<List<(string Id, AssignmentName Name)>> ListAsync(string corpusId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AssignmentTable.List(connection, corpusId), cancellationToken);

    /// <returns>False if the assignment was changed meanwhile; nothing was changed here.</returns>
    [SuppressMessage("Style", "IDE0046:Convert to conditional expression", Justification = "The steps are in order.")]
    private async Task<bool> TryRemoveAsync(
        string id, AssignmentBlock block, IReadOnlySet<string> erased, CancellationToken cancellationToken)
    {
        SharedAssignment? assignment = await database.ReadAsync(connection => AssignmentTable.Find(connection, id), cancellationToken);
        AssignmentBlock? current = await database.ReadAsync(
            connection => AssignmentTable.FindBlock(connection, id, block.Number), cancellationToken);
        if (assignment is null || current is null)
        {
            return true;
        }

        AssignedDocument[] left;
        try
        {
            if (await blocks.ReadAsync(id, current, cancellationToken) is not var (read, documents))
            {
                return true;
            }

            current = read;
            left = [.. documents.Where(document => !erased.Contains(document.Id))];
            if (left.Length == documents.Length)
            {
                return true;
            }
        }
        catch (LostBlockException)
        {
            // Nothing of it is left; the next run of a job assigns its other documents again.
            left = [];
        }

        AssignmentBlock? next = left.Length == 0
            ? null
            : await blocks.WriteAsync(id, assignment.Changes + 1, block.Number, left, cancellationToken);
        return await database.WriteAsync(
            connection =>
            {
                if (!AssignmentTable.TryAdvance(connection, id, assignment.Changes))
                {
                    return false;
                }

                if (next is null)
                {
                    AssignmentTable.Remove(connection, id, block.Number);
                }
                else
                {
                    AssignmentTable.Replace(connection, id, next);
                }

                return true;
            },
            cancellationToken);
    }
}
