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
    IAssignmentRows rows,
    BlockStore blocks,
    AssignmentErasure erasure,
    DataFolder folder,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<SharedAssignments> logger) : IAssignmentStore
{
    // As for a version: an outage of the store delays a job before it fails.
    private readonly StoreWait _wait = new(options.Value.PublicationTimeout / 2, clock, logger);

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(AssignmentName name, CancellationToken cancellationToken) =>
        await rows.FindAsync(name, cancellationToken) is not null;

    /// <inheritdoc/>
    public async Task VisitAsync(
        AssignmentName name, long first, Func<AssignedDocument, bool> visit, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync(name, cancellationToken) is not { } assignment)
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
        new SharedAssignmentWriter(name, job, rows, blocks, _wait);

    /// <inheritdoc/>
    public Task RemoveDocumentsAsync(string corpusId, IReadOnlySet<string> erased, CancellationToken cancellationToken) =>
        erasure.RunAsync(corpusId, erased, cancellationToken);

    /// <summary>Does nothing: the rows are deleted with the row of their version, and the sweep deletes the objects.</summary>
    /// <inheritdoc/>
    public Task RemoveUnusedAsync(Func<string, long, bool> exists) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Name, string Path)>> StageAsync(
        string corpusId, string staging, CancellationToken cancellationToken)
    {
        List<(string, string)> files = [];
        foreach ((string id, AssignmentName name) in await rows.ListAsync(corpusId, cancellationToken))
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
        foreach ((string id, AssignmentName name) in await rows.ListAsync(corpusId, cancellationToken))
        {
            bytes += await blocks.VerifyAsync(
                id,
                message => report($"Some topics by '{name.VersionName}' are lost; the next AssignCorpus assigns them again. {message}"),
                cancellationToken);
        }

        return bytes;
    }
}
