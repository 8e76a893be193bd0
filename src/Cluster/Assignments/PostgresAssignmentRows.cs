using System.Data.Common;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>The rows in PostgreSQL.</summary>
internal sealed class PostgresAssignmentRows(MetadataDatabase database) : IAssignmentRows
{
    /// <inheritdoc/>
    public Task<SharedAssignment?> FindAsync(AssignmentName name, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AssignmentTable.Find(connection, name), cancellationToken);

    /// <inheritdoc/>
    public Task<SharedAssignment?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AssignmentTable.Find(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<SharedAssignment?> FindOrAddAsync(AssignmentName name, FitJob job, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => AssignmentTable.FindOrAdd(Owned(connection, job), name), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Id, AssignmentName Name)>> ListAsync(
        string corpusId, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => AssignmentTable.List(connection, corpusId), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AssignmentBlock>> ListBlocksAsync(
        string id, long after, int count, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => AssignmentTable.ListBlocks(connection, id, after, count), cancellationToken);

    /// <inheritdoc/>
    public Task<AssignmentBlock?> FindBlockAsync(string id, long number, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => AssignmentTable.FindBlock(connection, id, number), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(
        SharedAssignment assignment, AssignmentBlock block, FitJob job, CancellationToken cancellationToken) => database.WriteAsync(
        connection => AssignmentTable.TryAdd(Owned(connection, job), assignment, block), cancellationToken);

    /// <inheritdoc/>
    public Task RemoveLostAsync(string id, long number, FitJob job, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            AssignmentTable.Advance(Owned(connection, job), id);
            AssignmentTable.Remove(connection, id, number);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryReplaceAsync(
        SharedAssignment assignment, long number, AssignmentBlock? next, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (!AssignmentTable.TryAdvance(connection, assignment.Id, assignment.Changes))
            {
                return false;
            }

            if (next is null)
            {
                AssignmentTable.Remove(connection, assignment.Id, number);
            }
            else
            {
                AssignmentTable.Replace(connection, assignment.Id, next);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task AdvanceAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(
        connection => AssignmentTable.Advance(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<(IReadOnlySet<string> Named, IReadOnlyDictionary<string, long> Changes)> FindUsedAsync(
        string[] keys, string[] ids, CancellationToken cancellationToken) =>
        database.ReadAsync<(IReadOnlySet<string>, IReadOnlyDictionary<string, long>)>(
            connection => (AssignmentTable.FindNamed(connection, keys), AssignmentTable.FindChanges(connection, ids)), cancellationToken);

    /// <summary>Checks, in a transaction, that a run owns its job.</summary>
    private static DbConnection Owned(DbConnection connection, FitJob job)
    {
        ClaimTable.RequireCurrent(connection, job.Id, job.Epoch);
        return connection;
    }
}
