using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>The rows of an assignment as one process sees them, over the simulated network.</summary>
internal sealed class SimulatedRows(SimulatedAssignment assignment, AssignmentName name, SimulatedProcess process) : IAssignmentRows
{
    public Task<SharedAssignment?> FindAsync(AssignmentName wanted, CancellationToken cancellationToken) =>
        process.TransactAsync(() => assignment.Row);

    public Task<SharedAssignment?> FindAsync(string id, CancellationToken cancellationToken) =>
        process.TransactAsync(() => assignment.Row);

    public Task<SharedAssignment?> FindOrAddAsync(AssignmentName wanted, FitJob job, CancellationToken cancellationToken) =>
        process.TransactAsync<SharedAssignment?>(() => assignment.FindOrAdd(job));

    public Task<IReadOnlyList<(string Id, AssignmentName Name)>> ListAsync(string corpusId, CancellationToken cancellationToken) =>
        process.TransactAsync<IReadOnlyList<(string, AssignmentName)>>(
            () => assignment.Row is null ? [] : [(SimulatedAssignment.Id, name)]);

    public Task<IReadOnlyList<AssignmentBlock>> ListBlocksAsync(
        string id, long after, int count, CancellationToken cancellationToken) =>
        process.TransactAsync<IReadOnlyList<AssignmentBlock>>(
            () => [.. assignment.Blocks.Where(block => block.Number > after).Take(count)]);

    public Task<AssignmentBlock?> FindBlockAsync(string id, long number, CancellationToken cancellationToken) =>
        process.TransactAsync(() => assignment.Find(number));

    public Task<bool> TryAddAsync(
        SharedAssignment read, AssignmentBlock block, FitJob job, CancellationToken cancellationToken) =>
        process.TransactAsync(() => assignment.TryAdd(read, block, job));

    public Task RemoveLostAsync(string id, long number, FitJob job, CancellationToken cancellationToken) =>
        process.TransactAsync(() => assignment.RemoveLost(number, job));

    public Task<bool> TryReplaceAsync(
        SharedAssignment read, long number, AssignmentBlock? next, CancellationToken cancellationToken) =>
        process.TransactAsync(() => assignment.TryReplace(read, number, next));

    public Task AdvanceAsync(string id, CancellationToken cancellationToken) => process.TransactAsync(assignment.Advance);

    public Task<(IReadOnlySet<string> Named, IReadOnlyDictionary<string, long> Changes)> FindUsedAsync(
        string[] keys, string[] ids, CancellationToken cancellationToken) =>
        process.TransactAsync<(IReadOnlySet<string>, IReadOnlyDictionary<string, long>)>(() => (
            assignment.Blocks.Select(static block => block.Key).ToHashSet(StringComparer.Ordinal),
            new Dictionary<string, long>(StringComparer.Ordinal) { [SimulatedAssignment.Id] = assignment.Changes }));
}
